import * as yaml from 'js-yaml';
import { z } from 'zod';
import { parseDuration } from '../api/duration.js';
import { InputError } from '../api/input-error.js';
import { COMPONENTS, type Profile } from '../cluster/profile.js';
import { parseDistribution } from '../random/parse-distribution.js';

const duration = z.string().transform((text) => parseDuration(text));
const distribution = z.string().transform((text) => parseDistribution(text, parseDuration));
const cores = z.union([z.number().int().positive(), z.literal('unlimited')]);

const SCHEMA = z.strictObject({
  name: z.string(),
  hosts: z.array(z.strictObject({ name: z.string(), cores, components: z.array(z.enum(COMPONENTS)) })),
  network: z.strictObject({ delay: distribution }),
  etcd: z.strictObject({ put: duration, range: duration, fsync: distribution }),
  apiServer: z.strictObject({
    write: duration,
    read: duration,
    answer: duration,
    listItem: duration,
    watchEvent: duration,
    watchSend: duration,
  }),
  scheduler: z.strictObject({ decode: duration, cycle: duration, nodeFiltered: duration, nodeScored: duration }),
  controllerManager: z.strictObject({ decode: duration, sync: duration }),
  kubelets: z.strictObject({ decode: duration }),
  clients: z.strictObject({ decode: duration }),
});

/** Reads a cost profile (`profiles/NAME.yaml`). Throws InputError when it is not one. */
export function readProfile(text: string, file: string): Profile {
  const parsed = SCHEMA.safeParse(yaml.load(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new InputError(issue.message, { file, path: issue.path.join('.') });
  }
  const { name, hosts, network, etcd, apiServer, scheduler, controllerManager, kubelets, clients } = parsed.data;
  return {
    name,
    hosts: hosts.map((host) => ({
      ...host,
      cores: host.cores === 'unlimited' ? Number.POSITIVE_INFINITY : host.cores,
    })),
    networkDelay: network.delay,
    etcd: { putNs: etcd.put, rangeNs: etcd.range, fsync: etcd.fsync },
    apiServer: {
      writeNs: apiServer.write,
      readNs: apiServer.read,
      answerNs: apiServer.answer,
      listItemNs: apiServer.listItem,
      watchEventNs: apiServer.watchEvent,
      watchSendNs: apiServer.watchSend,
    },
    scheduler: {
      decodeNs: scheduler.decode,
      cycleNs: scheduler.cycle,
      nodeFilteredNs: scheduler.nodeFiltered,
      nodeScoredNs: scheduler.nodeScored,
    },
    controllerManager: { decodeNs: controllerManager.decode, syncNs: controllerManager.sync },
    kubeletDecodeNs: kubelets.decode,
    clientDecodeNs: clients.decode,
  };
}
