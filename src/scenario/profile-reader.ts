import * as yaml from 'js-yaml';
import * as z from 'zod';
import { parseDuration } from '../api/duration.js';
import { InputError } from '../api/input-error.js';
import { COMPONENTS, type Profile } from '../cluster/profile.js';
import { parseDistribution } from '../random/parse-distribution.js';

const duration = z.string().transform((text) => parseDuration(text));
const distribution = z.string().transform((text) => parseDistribution(text, parseDuration));
const cores = z.union([z.number().int().positive(), z.literal('unlimited')]);

const wake = { wake: duration, doze: duration, cold: duration, tail: duration, cool: duration };
const program = { ...wake, call: duration, answer: duration, decode: duration, decodeKilobyte: duration };

const pluginCosts = z
  .strictObject({ nodeCounted: duration, nodeWeighed: duration, podCounted: duration })
  .transform(({ nodeCounted, nodeWeighed, podCounted }) => ({
    nodeCountedNs: nodeCounted,
    nodeWeighedNs: nodeWeighed,
    podCountedNs: podCounted,
  }));

const SCHEMA = z.strictObject({
  name: z.string(),
  hosts: z.array(
    z.strictObject({
      name: z.string(),
      cores,
      slice: duration.default(0),
      components: z.array(z.enum(COMPONENTS)),
    }),
  ),
  network: z.strictObject({ delay: distribution }),
  background: z.partialRecord(z.enum(COMPONENTS), duration),
  etcd: z.strictObject({
    ...wake,
    batch: duration,
    put: duration,
    commitPut: duration,
    range: duration,
    rangeItem: duration,
    rangeKilobyte: duration,
    fsync: distribution,
    fsyncCold: duration,
    fsyncCool: duration,
  }),
  apiServer: z.strictObject({
    ...wake,
    start: duration,
    authorize: duration,
    write: distribution,
    podWrite: duration,
    patch: duration,
    read: distribution,
    answer: duration,
    decodeKilobyte: duration,
    encodeKilobyte: duration,
    listItem: duration,
    selectItem: duration,
    decodeItem: duration,
    watchEvent: duration,
    watchFlush: duration,
    watchSend: duration,
  }),
  scheduler: z.strictObject({
    ...program,
    cycle: duration,
    nodeListed: duration,
    nodeFiltered: duration,
    nodeTried: duration,
    nodeScored: duration,
    plugins: z.record(z.string(), pluginCosts).default({}),
  }),
  controllerManager: z.strictObject({ ...program, sync: duration }),
  kubelets: z.strictObject(program),
  clients: z.strictObject(program),
});

/** Reads a cost profile (`profiles/NAME.yaml`). Throws InputError when it is not one. */
export function readProfile(text: string, file: string): Profile {
  const parsed = SCHEMA.safeParse(yaml.load(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new InputError(issue.message, { file, path: issue.path.join('.') });
  }
  const { name, hosts, network, background, ...costs } = parsed.data;
  return {
    name,
    hosts: hosts.map(({ slice, ...host }) => ({
      ...host,
      sliceNs: slice,
      cores: host.cores === 'unlimited' ? Number.POSITIVE_INFINITY : host.cores,
    })),
    networkDelay: network.delay,
    background: new Map(Object.entries(background)),
    etcd: { ...nanoseconds(costs.etcd), fsync: costs.etcd.fsync },
    apiServer: { ...nanoseconds(costs.apiServer), write: costs.apiServer.write, read: costs.apiServer.read },
    scheduler: schedulerCosts(costs.scheduler),
    controllerManager: nanoseconds(costs.controllerManager),
    kubelets: nanoseconds(costs.kubelets),
    clients: nanoseconds(costs.clients),
  };
}

function schedulerCosts(section: z.output<typeof SCHEMA>['scheduler']): Profile['scheduler'] {
  const { plugins, ...durations } = section;
  return { ...nanoseconds(durations), plugins };
}

type Nanoseconds<T> = { readonly [K in keyof T & string as T[K] extends number ? `${K}Ns` : never]: number };

/** The durations of a section under the names the model has for them: `put` becomes `putNs`. */
function nanoseconds<T extends object>(section: T): Nanoseconds<T> {
  const durations = Object.entries(section).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(durations.map(([key, value]) => [`${key}Ns`, value])) as Nanoseconds<T>;
}
