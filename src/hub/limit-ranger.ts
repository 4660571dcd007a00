import { PERSISTENT_VOLUME_CLAIM } from '../api/kind.js';
import type { LimitRange, LimitRangeItem } from '../api/limit-range.js';
import type { ApiObject } from '../api/object.js';
import { type Pod, PodSpec } from '../api/pod.js';
import type { ContainerManifest, PodSpecManifest, ResourceListManifest } from '../api/pod-manifest.js';
import { podLimits, podRequests } from '../api/pod-resources.js';
import type { PodShape } from '../api/pod-shape.js';
import type { PodShapes } from '../api/pod-shapes.js';
import { resourceList } from '../api/resource-list.js';
import type { KindTable } from './kind-table.js';
import { claimViolations, violations } from './limit-constraints.js';

const ANNOTATION = 'kubernetes.io/limit-ranger';

/** What a namespace's LimitRanges make of the pods of a shape. */
interface Limited {
  readonly shape: PodShape;
  /** What was filled in; `''` if nothing was. */
  readonly annotation: string;
  /** What is wrong; `''` if nothing is. */
  readonly problem: string;
}

/** Fills in what containers leave open, and refuses what goes beyond (plugin/pkg/admission/limitranger). */
export class LimitRanger {
  private readonly table: KindTable;
  private readonly shapes: PodShapes;
  private readonly known: Map<string, Map<number, Limited>>;
  private knownRevision: number;

  constructor(table: KindTable, shapes: PodShapes) {
    this.table = table;
    this.shapes = shapes;
    this.known = new Map();
    this.knownRevision = 0;
  }

  /** Whether there is any LimitRange: without one nothing else here need be asked. */
  get active(): boolean {
    return this.table.size > 0;
  }

  /** The pod with the defaults of its namespace; or what is wrong with it, as the original says it. */
  admit(pod: Pod): Pod | string {
    const { shape, annotation, problem } = this.limited(pod.metadata.namespace, pod.spec.shape);
    if (problem !== '') return problem;
    if (annotation === '') return pod;
    const annotations = { ...pod.metadata.annotations, [ANNOTATION]: annotation };
    const annotated = pod.withMetadata(pod.metadata.with({ annotations }));
    return shape === pod.spec.shape ? annotated : annotated.withSpec(new PodSpec(shape, pod.spec.nodeName));
  }

  /** What is wrong with an object that is no pod; `''` if nothing is. */
  problemOf(object: ApiObject): string {
    if (object.kind !== PERSISTENT_VOLUME_CLAIM) return '';
    const { resources } = object.spec as { resources?: { requests?: ResourceListManifest } };
    const requests = resourceList(resources?.requests);
    return this.firstProblem(
      object.metadata.namespace,
      ({ type }) => type === object.kind.name,
      (item) => claimViolations(item, requests),
    );
  }

  private limited(namespace: string, shape: PodShape): Limited {
    if (this.knownRevision !== this.table.workRevision) {
      this.known.clear();
      this.knownRevision = this.table.workRevision;
    }
    let byShape = this.known.get(namespace);
    if (byShape === undefined) {
      byShape = new Map();
      this.known.set(namespace, byShape);
    }
    let limited = byShape.get(shape.id);
    if (limited === undefined) {
      limited = this.limit(namespace, shape);
      byShape.set(shape.id, limited);
    }
    return limited;
  }

  private limit(namespace: string, before: PodShape): Limited {
    let { spec } = before;
    let annotation = '';
    for (const range of this.rangesIn(namespace)) {
      const filled: string[] = [];
      spec = withDefaults(spec, range.spec.limits ?? [], filled);
      if (filled.length > 0) annotation = `LimitRanger plugin set: ${filled.join('; ')}`;
    }
    const shape = annotation === '' ? before : this.shapes.of(spec);
    const problem = this.firstProblem(
      namespace,
      () => true,
      (item) => podViolations(item, shape.spec),
    );
    return { shape, annotation, problem };
  }

  /** What the first LimitRange has against something; several things stand in brackets (utilerrors.NewAggregate). */
  private firstProblem(
    namespace: string,
    concerns: (item: LimitRangeItem) => boolean,
    check: (item: LimitRangeItem) => readonly string[],
  ): string {
    for (const { spec } of this.rangesIn(namespace)) {
      const found = [...new Set((spec.limits ?? []).filter(concerns).flatMap(check))];
      if (found.length > 0) return found.length === 1 ? found[0]! : `[${found.join(', ')}]`;
    }
    return '';
  }

  private rangesIn(namespace: string): readonly LimitRange[] {
    return [...this.table.values()].filter(({ metadata }) => metadata.namespace === namespace) as LimitRange[];
  }
}

function podViolations(item: LimitRangeItem, spec: PodSpecManifest): readonly string[] {
  if (item.type === 'Container')
    return [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources }) =>
      violations(item, { requests: resourceList(resources?.requests), limits: resourceList(resources?.limits) }),
    );
  if (item.type !== 'Pod') return [];
  // Overhead is not looked at here.
  const { overhead: _, ...own } = spec;
  return violations(item, { requests: podRequests(own), limits: podLimits(own) });
}

/** Later items of a LimitRange override earlier ones (defaultContainerResourceRequirements). */
function withDefaults(spec: PodSpecManifest, items: readonly LimitRangeItem[], filled: string[]): PodSpecManifest {
  const ofContainers = items.filter(({ type }) => type === 'Container');
  const requests: ResourceListManifest = Object.assign({}, ...ofContainers.map(({ defaultRequest }) => defaultRequest));
  const limits: ResourceListManifest = Object.assign({}, ...ofContainers.map((item) => item.default));
  const fill = (prefix: string) => (container: ContainerManifest) =>
    filledIn(container, requests, limits, prefix, filled);
  const containers = spec.containers.map(fill('container'));
  const initContainers = spec.initContainers?.map(fill('init container'));
  if (filled.length === 0) return spec;
  return { ...spec, containers, ...(initContainers === undefined ? {} : { initContainers }) };
}

function filledIn(
  container: ContainerManifest,
  requests: ResourceListManifest,
  limits: ResourceListManifest,
  prefix: string,
  filled: string[],
): ContainerManifest {
  const own = container.resources ?? {};
  const missing = (wanted: ResourceListManifest, has: ResourceListManifest = {}): string[] =>
    Object.keys(wanted)
      .filter((name) => !Object.hasOwn(has, name))
      .sort();
  const openRequests = missing(requests, own.requests);
  const openLimits = missing(limits, own.limits);
  if (openRequests.length > 0) filled.push(`${openRequests.join(', ')} request for ${prefix} ${container.name}`);
  if (openLimits.length > 0) filled.push(`${openLimits.join(', ')} limit for ${prefix} ${container.name}`);
  if (openRequests.length + openLimits.length === 0) return container;
  const resources = { ...own, requests: { ...requests, ...own.requests }, limits: { ...limits, ...own.limits } };
  return { ...container, resources };
}
