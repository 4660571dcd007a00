import { TokenBucket } from '../../../src/client/token-bucket.js';

interface Heard {
  readonly counts: Map<string, number>;
  readonly bucket: TokenBucket;
}

/**
 * The correlator for events of which no two of an object and reason say different things, in the plainest way: the objects in
 * a map in the order in which they were heard of last.
 */
export class PlainCorrelator {
  private readonly heard = new Map<number, Heard>();

  /** How often its like had been counted before, -1 if it is dropped. */
  seen(object: number, reason: string, nowNs: number): number {
    const heard = this.heard.get(object) ?? { counts: new Map(), bucket: new TokenBucket(1 / 300, 25) };
    this.heard.delete(object);
    this.heard.set(object, heard);
    if (this.heard.size > 4096) this.heard.delete([...this.heard.keys()][0]!);
    const seen = heard.counts.get(reason) ?? 0;
    heard.counts.set(reason, seen + 1);
    return heard.bucket.tryAccept(nowNs) ? seen : -1;
  }

  forget(object: number): void {
    this.heard.delete(object);
  }
}
