import { ENDPOINT_SLICE, ENDPOINTS, EVENT, type Kind, LEASE, NODE, POD } from '../api/kind.js';
import type { Labels } from '../api/labels.js';
import type { ObjectMeta } from '../api/meta.js';
import type { ApiObject } from '../api/object.js';
import type { Pod } from '../api/pod.js';
import type { PodShape } from '../api/pod-shape.js';
import { jsonLength } from './json-length.js';
import { StatusBytes } from './status-bytes.js';

/** What protobuf makes of JSON text: names of fields become a byte or two (kubernetes-facts A4: 1.4 KB of 4 KB, with buffers). */
const ENCODED_SHARE = 0.7;
/** Identity, times, generation and the names of type and version of any object. */
const ENVELOPE = 130;
/** One owner reference; one entry of managedFields, of which each writer of an object has one. */
const OWNER = 110;
const MANAGED_FIELDS = 150;
/** Conditions and container statuses of a pod that runs, and of one that was only bound. */
const POD_STATUS_RUNNING = 700;
const POD_STATUS_BOUND = 150;
/** Objects whose parts hardly vary, without their names; a node's with some images and the kubelet's conditions. */
const LEASE_BYTES = 330;
const EVENT_BYTES = 650;
const NODE_BYTES = 10_000;

/** How many times longer JSON is. */
export const JSON_LENGTH: number = 1 / ENCODED_SHARE;

/** How long what takes so many bytes of protobuf is as JSON. */
export function jsonBytes(protobufBytes: number): number {
  return Math.round(protobufBytes * JSON_LENGTH);
}

interface Template {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly shape: PodShape;
  readonly bytes: number;
}

/**
 * Estimates how long objects are on the wire and in etcd. What objects share (the shape of a pod, the data of alike
 * ConfigMaps) is weighed once.
 */
export class ObjectBytes {
  private readonly weighed: WeakMap<object, number>;
  /** By the id of the owner: what pods of its last template weigh. */
  private readonly templates: Template[];
  private readonly statuses: StatusBytes;

  constructor() {
    this.weighed = new WeakMap();
    this.templates = [];
    this.statuses = new StatusBytes();
  }

  /** Bytes of the encoding that etcd has, and whoever does not ask for another: protobuf, or JSON of custom resources. */
  of(object: ApiObject): number {
    if (object.wireBytes < 0) {
      const bytes = this.protobuf(object);
      object.wireBytes = object.kind.json === true ? jsonBytes(bytes) : bytes;
    }
    return object.wireBytes;
  }

  private protobuf(object: ApiObject): number {
    const { kind, metadata } = object;
    const named = ENVELOPE + 2 * metadata.name.length + metadata.namespace.length;
    if (kind === LEASE) return named + LEASE_BYTES;
    if (kind === EVENT) return named + EVENT_BYTES;
    if (kind === NODE) return named + NODE_BYTES;
    const meta = named + MANAGED_FIELDS + metadata.ownerReferences.length * OWNER;
    if (kind === POD) return meta + this.pod(object as Pod);
    const labelled = meta + this.part(metadata.labels) + this.part(metadata.annotations);
    const spec = this.part(object.spec, lengthOf(kind));
    return labelled + spec + Math.round(this.statuses.of(object) * ENCODED_SHARE) + this.part(object.extra);
  }

  private pod({ metadata, spec, status }: Pod): number {
    const template = this.template(metadata, spec.shape);
    if (spec.nodeName === '') return template;
    const bound = template + spec.nodeName.length;
    return status.startTimeNs < 0 ? bound + POD_STATUS_BOUND : bound + MANAGED_FIELDS + POD_STATUS_RUNNING;
  }

  /** Pods of one template share labels, annotations and shape. */
  private template({ labels, annotations, ownerReferences }: ObjectMeta, shape: PodShape): number {
    const owner = ownerReferences[0]?.id ?? 0;
    const known = this.templates[owner];
    if (known?.labels === labels && known.annotations === annotations && known.shape === shape) return known.bytes;
    const bytes = this.part(labels) + this.part(annotations) + this.part(shape.spec);
    this.templates[owner] = { labels, annotations, shape, bytes };
    return bytes;
  }

  private part(part: unknown, length: (part: object) => number = textLength): number {
    if (typeof part !== 'object' || part === null) return 0;
    let bytes = this.weighed.get(part);
    if (bytes === undefined) {
      bytes = Math.round(length(part) * ENCODED_SHARE);
      this.weighed.set(part, bytes);
    }
    return bytes;
  }
}

/** Lists of endpoints are long, and new in every version. */
function lengthOf(kind: Kind): (spec: object) => number {
  return kind === ENDPOINT_SLICE || kind === ENDPOINTS ? jsonLength : textLength;
}

function textLength(part: object): number {
  return JSON.stringify(part, plain).length;
}

/** A template's shape counts as its spec; maps count as objects. */
function plain(key: string, value: unknown): unknown {
  if (key === 'shape') return (value as { readonly spec: unknown }).spec;
  return value instanceof Map ? Object.fromEntries(value) : value;
}
