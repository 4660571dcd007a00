import { type BackoffParameters, BackoffSteps } from '../../../src/client/backoff-steps.js';
import { ExponentialFailures } from '../../../src/client/exponential-failures.js';
import { FastSlowFailures } from '../../../src/client/fast-slow-failures.js';
import { LeaderElection } from '../../../src/client/leader-election.js';
import { ReflectorBackoff } from '../../../src/client/reflector-backoff.js';
import { RetryLimiter } from '../../../src/client/retry-limiter.js';
import { TokenBucket } from '../../../src/client/token-bucket.js';
import type { Stream } from '../../../src/random/stream.js';
import { CrashLoopBackoff, type CrashLoopParameters } from '../../../src/spokes/kubelet/crash-loop-backoff.js';
import { ElectionLock } from '../election-lock.js';
import { type Case, Skip, type Suite } from '../suite.js';

/** The backoff is checked step by step for as many steps as the vectors give. */
const BACKOFF_STEPS = 14;
const FAST_SLOW_TRIES = 12;

export const clientGo: Suite = { name: 'client-go', answer };

function answer({ tags, input }: Case): unknown {
  const question = QUESTIONS[tags[0] ?? ''];
  return question === undefined ? new Skip(`unknown question ${tags[0]}`) : question(input as never);
}

type Operation = readonly ['when' | 'forget', key: string, timeNs: number];

const QUESTIONS: Readonly<Record<string, (input: never) => unknown>> = {
  tokenBucket({ qps, burst, mode, arrivalsNs }: TokenBucketInput) {
    const bucket = new TokenBucket(qps, burst);
    if (mode === 'tryAccept') return { accepted: arrivalsNs.map((nowNs) => bucket.tryAccept(nowNs)) };
    return { admittedNs: arrivalsNs.map((nowNs) => nowNs + bucket.reserve(nowNs)) };
  },
  itemExponentialFailure(input: { baseDelayNs: number; maxDelayNs: number; ops: readonly Operation[] }) {
    return delays(new ExponentialFailures(input.baseDelayNs, input.maxDelayNs), input.ops);
  },
  defaultControllerRateLimiter({ ops }: { ops: readonly Operation[] }) {
    return delays(new RetryLimiter(), ops);
  },
  itemFastSlow({ fastNs, slowNs, maxFastAttempts }: { fastNs: number; slowNs: number; maxFastAttempts: number }) {
    const failures = new FastSlowFailures(fastNs, slowNs, maxFastAttempts);
    return { delaysNs: Array.from({ length: FAST_SLOW_TRIES }, () => failures.nextNs(0)) };
  },
  backoffStep(input: BackoffParameters) {
    const backoff = new BackoffSteps(input);
    const steps = Array.from({ length: BACKOFF_STEPS }, () => [backoff.nextNs(), backoff.stepsLeft]);
    return { delaysNs: steps.map(([delayNs]) => delayNs), stepsLeft: steps.map(([, left]) => left) };
  },
  reflectorBackoff({ callsNs }: { callsNs: readonly number[] }) {
    const backoff = new ReflectorBackoff(NO_JITTER);
    return { delaysNs: callsNs.map((nowNs) => backoff.nextNs(nowNs)) };
  },
  crashLoop(input: CrashLoopParameters & { runDurationsNs: readonly number[] }) {
    const backoff = new CrashLoopBackoff(input);
    let startedNs = 0;
    const exits = input.runDurationsNs.map((durationNs) => {
      const finishedNs = startedNs + durationNs;
      startedNs = backoff.restartNs(0, finishedNs);
      backoff.record(0, finishedNs, startedNs);
      return { finishedNs, restartNs: startedNs, backoffAfterNs: backoff.backoffNs(0) };
    });
    return { exits };
  },
  leaderElection({ events, leaseDurationSeconds }: LeaderElectionInput) {
    const lock = new ElectionLock();
    const candidates = new Map<string, LeaderElection>();
    const results = events.map(({ tNs, who, what }) => {
      if (what === 'apiDown' || what === 'apiUp') {
        lock.reachable = what === 'apiUp';
        return { ...lock.shown };
      }
      const candidate = candidates.get(who) ?? new LeaderElection(who, leaseDurationSeconds);
      candidates.set(who, candidate);
      const ok = what === 'try' ? lock.tryOnce(candidate, tNs) : lock.release(candidate, tNs);
      return { ok, ...lock.shown };
    });
    return { results };
  },
};

interface TokenBucketInput {
  readonly qps: number;
  readonly burst: number;
  readonly mode: 'accept' | 'tryAccept';
  readonly arrivalsNs: readonly number[];
}

interface LeaderElectionInput {
  readonly leaseDurationSeconds: number;
  readonly events: readonly { tNs: number; who: string; what: 'try' | 'release' | 'apiDown' | 'apiUp' }[];
}

const NO_JITTER: Stream = { uniform: () => 0, below: () => 0 };

interface KeyedLimiter {
  nextNs(key: number, nowNs: number): number;
  forget(key: number): void;
}

function delays(limiter: KeyedLimiter, operations: readonly Operation[]): unknown {
  const keys = [...new Set(operations.map(([, key]) => key))];
  return {
    delaysNs: operations.map(([operation, key, timeNs]) => {
      if (operation === 'when') return limiter.nextNs(keys.indexOf(key), timeNs);
      limiter.forget(keys.indexOf(key));
      return null;
    }),
  };
}
