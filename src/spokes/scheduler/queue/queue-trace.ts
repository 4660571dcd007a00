import type { Engine } from '../../../engine/index.js';
import type { QueuedPod } from './queued-pod.js';
import { BACKOFF_OVER, type MoveCause } from './scheduling-queue.js';

/** For a trace: why each waiting pod is where it is. */
export class QueueTrace {
  private readonly engine: Engine;
  private readonly queueLabel: number;
  private readonly backoffLabel: number;

  /** The engine must have a trace. */
  constructor(engine: Engine, name: string) {
    this.engine = engine;
    this.queueLabel = engine.trace!.nameWait(`${name}: pod waits for its turn`, 'queue');
    this.backoffLabel = engine.trace!.nameWait(`${name}: pod backs off`, 'timer');
  }

  /** A pod came into a pool: by what runs now, unless only its own time was up. */
  moved(queued: QueuedPod, cause: MoveCause): void {
    const trace = this.engine.trace!;
    const ripe = cause === BACKOFF_OVER;
    queued.cause = ripe ? trace.waited(queued.cause, this.engine.nowNs, this.backoffLabel) : trace.current;
  }

  /** What runs from here on is because of a pod. */
  taken(queued: QueuedPod): void {
    this.engine.trace!.resume(queued.cause, this.engine.nowNs, this.queueLabel);
  }
}
