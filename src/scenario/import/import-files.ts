import { InputError } from '../../api/input-error.js';
import { ManifestText } from '../../api/manifest-text.js';
import { importAuditLog, isAuditLog } from './audit-log.js';
import { importLoader, isLoaderConfig } from './cluster-loader.js';
import { importState } from './cluster-state.js';
import { documentsOf } from './documents-of.js';
import type { GivenFile, Imported } from './imported.js';
import { objectsOfDump } from './kubectl-dump.js';
import { importStages, isStage } from './kwok-stages.js';
import { isPerfConfig } from './perf-config.js';
import { importPerf, type PerfImport } from './scheduler-perf.js';
import { eventsOfTrace, importTrace } from './simkube-trace.js';
import { isSnapshot, readSnapshot } from './simulator-snapshot.js';

export interface ImportOptions extends Pick<PerfImport, 'readFile' | 'caseName' | 'workload'> {
  /** Name of the scenario. */
  readonly name: string;
  readonly files: readonly GivenFile[];
  /** Of a test of ClusterLoader2: what `.NAME` stands for. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Makes a scenario of what other tools wrote; what they are is seen by their content. Throws InputError. */
export function importFiles({ name, files, parameters = {}, ...options }: ImportOptions): Imported {
  const [first] = files;
  if (first === undefined) throw new InputError('there is nothing to import');
  if (isAuditLog(first)) return importAuditLog(name, files);
  refuseBinary(first);
  if (isLoaderConfig(first.text)) {
    onlyOne(files);
    return importLoader({ name, file: first, readFile: options.readFile, parameters });
  }
  const content = contentOf(first);
  if (eventsOfTrace(content) !== undefined) {
    onlyOne(files);
    return importTrace(name, first, content);
  }
  if (isSnapshot(content)) {
    onlyOne(files);
    const origin = `The state that kube-scheduler-simulator exported to ${first.path}`;
    return importState({ name, origin, ...readSnapshot(content, first) });
  }
  if (isPerfConfig(content)) {
    onlyOne(files);
    return importPerf({ name, file: first, ...options });
  }
  const found = files.flatMap(objectsOfDump);
  const paths = files.map(({ path }) => path);
  if (found.some(({ manifest }) => isStage(manifest))) return importStages(name, paths, found);
  return importState({ name, origin: `What kubectl get printed to ${paths.join(', ')}`, found, notes: [] });
}

/** SimKube writes its traces in msgpack, which is no text. */
function refuseBinary({ path, text }: GivenFile): void {
  if (!text.includes('\u0000') && !text.startsWith('\ufffd')) return;
  throw new InputError('the file is not text', {
    file: path,
    remedy: 'for a trace of SimKube: msgpack2json -di TRACE > trace.json',
  });
}

/** What the first document of a file has. */
function contentOf({ path, text }: GivenFile): unknown {
  const [document] = documentsOf(new ManifestText(text, path));
  if (document === undefined) throw new InputError('the file is empty', { file: path });
  return document.value;
}

function onlyOne(files: readonly GivenFile[]): void {
  const more = files[1];
  if (more === undefined) return;
  throw new InputError(`${files[0]!.path} is a whole scenario of its own`, {
    file: more.path,
    remedy: 'import one such file at a time; only dumps of kubectl may be several',
  });
}
