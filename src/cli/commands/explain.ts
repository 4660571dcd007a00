import { resolve } from 'node:path';
import { nearest } from '../../api/did-you-mean.js';
import { InputError } from '../../api/input-error.js';
import { readPods } from '../../report/pods-reader.js';
import { type PodRecord, readPodRecord } from '../../report/schedule-reader.js';
import { type ScheduledPod, scheduleStory } from '../../report/schedule-story.js';
import { scheduleWaits } from '../../report/schedule-waits.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { explainRun } from '../explain/explain-run.js';
import { recordAgain } from '../explain/record-again.js';
import type { Io } from '../io.js';
import { readResultFile, readRunFile, readSummary } from '../result-reader.js';

export interface ExplainOptions {
  readonly run: string;
  /** `pod/NAME`; without it the whole run is explained. */
  readonly object?: string | undefined;
  readonly namespace?: string | undefined;
  /** Whether to run the scenario once more without its longest wait. */
  readonly whatIf: boolean;
  readonly json: boolean;
}

/**
 * `hubsim explain RUN` and, of a pod, `hubsim explain RUN pod/NAME`: how a pod of a result came to its node. A result without a record of it is run again,
 * recording that pod alone.
 */
export async function explain(options: ExplainOptions, io: Io): Promise<ExitCode> {
  if (options.object === undefined) return explainRun(options, io);
  const podsText = readResultFile(options.run, 'pods.csv', io);
  const pod = find(podsText, podName(options.object), options.namespace);
  const { lines } = recorded(options.run, pod.name, io) ?? again(options.run, pod.name, io);
  if (options.json) {
    const waits = scheduleWaits(pod.created, lines);
    io.out(`${JSON.stringify({ schema: 'hubsim/explain/v1', pod, lines, waits }, undefined, 2)}\n`);
  } else io.out(scheduleStory(pod, lines));
  return EXIT.ok;
}

function podName(object: string): string {
  const name = /^(?:pods?|po)\/(.+)$/.exec(object)?.[1];
  if (name !== undefined) return name;
  throw new InputError(`${object} names no pod`, {
    value: object,
    remedy: 'write pod/NAME; only pods can be explained',
  });
}

function find(podsText: string, name: string, namespace: string | undefined): ScheduledPod {
  const isMeant = (full: string): boolean =>
    namespace === undefined ? full.endsWith(`/${name}`) : full === `${namespace}/${name}`;
  const found = [...readPods(podsText)].filter((pod) => isMeant(pod.name));
  const spaces = [...new Set(found.map((pod) => pod.name.slice(0, -name.length - 1)))];
  if (spaces.length > 1)
    throw new InputError(`pod ${name} is in several namespaces`, {
      remedy: `add --namespace, one of ${spaces.join(', ')}`,
    });
  // A name that was used again: the pod that came last is the one that is there.
  const pod = found.at(-1);
  if (pod !== undefined) return pod;
  throw new InputError(`the run had no pod ${namespace === undefined ? '' : `${namespace}/`}${name}`, {
    remedy: remedyFor(podsText, name),
  });
}

function remedyFor(podsText: string, name: string): string {
  const near = nearest(name, new Set([...readPods(podsText)].map((pod) => pod.name.replace(/^.*\//, ''))));
  return near === undefined ? 'pods.csv of the run lists all pods' : `did you mean ${JSON.stringify(near)}?`;
}

/** What the result itself has; undefined if it has no record, or one that ended before it was complete. */
function recorded(run: string, pod: string, io: Io): PodRecord | undefined {
  let text: string;
  try {
    text = io.readFile(resolve(run, 'scheduling.ndjson'));
  } catch {
    return undefined;
  }
  const record = readPodRecord(text, pod);
  return record.dropped === 0 ? record : undefined;
}

function again(run: string, pod: string, io: Io): PodRecord {
  const { scenario } = readRunFile(run, io);
  const { fingerprint } = readSummary(run, io);
  io.err(`hubsim: ${run} has no full record of its scheduling; running ${scenario.file} again to record ${pod}\n`);
  return recordAgain(scenario, pod, fingerprint, io);
}
