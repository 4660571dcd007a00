import type { Distribution } from '../../random/distribution.js';

/** What etcd costs: processor time on its host and one fsync per batch (kubernetes-facts B). */
export interface EtcdCosts {
  /** Processor time of one raft ready, half of it before its fsync and half when its loop goes on, ns. */
  readonly batchNs: number;
  /** Processor time of one proposal, half of it to take it in beside the loop and half to apply it and answer, ns. */
  readonly putNs: number;
  /** Processor time of one change when the database is written, ns; with 0 that takes no time at all. */
  readonly commitPutNs: number;
  /** Processor time of one read, ns, beside what it reads. */
  readonly rangeNs: number;
  /** More for each object of a LIST, and for each 1,000 bytes of it, ns. */
  readonly rangeItemNs: number;
  readonly rangeKilobyteNs: number;
  /** Duration of an fsync, ns: one for each write of the log, two for each of the database. */
  readonly fsync: Distribution;
  /** More for the first after the disk has lain idle for long, ns. */
  readonly fsyncColdNs: number;
  /** When it has lain idle for so long, it is half of that. */
  readonly fsyncCoolNs: number;
}

/** What the probes want to know of etcd. */
export interface EtcdProbe {
  /** A proposal was committed `latencyNs` after it was made. */
  etcdCommitted(latencyNs: number, nowNs: number): void;
  /** A member has written batches of proposals to its disk, which took so long. */
  etcdSynced(fsyncNs: number, nowNs: number): void;
  /** A member has written its database, which took so long. */
  databaseWritten(latencyNs: number): void;
}
