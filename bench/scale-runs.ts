/** A run of a size that others have measured, and what they have published of it. */
export interface ScaleRun {
  readonly name: string;
  /** Below `scenarios/`. */
  readonly file: string;
  readonly settings: readonly string[];
  /** By figure of the scenario's `published`: what was published, and why the simulated differs. */
  readonly published: readonly {
    readonly figure: string;
    readonly others: string;
    readonly difference: string;
  }[];
}

const BOUND_5000 = 'pods bound a second with client limits of 100';

function limited(qps: number, others: string, difference: string): ScaleRun {
  return {
    name: `\`cluster-5000\`, limits of ${qps}`,
    file: 'scale/cluster-5000.yaml',
    settings: [`vars.qps=${qps}`],
    published: [{ figure: BOUND_5000, others, difference }],
  };
}

/** What `npm run scale` simulates, for the table of docs/performance.md. */
export const SCALE_RUNS: readonly ScaleRun[] = [
  limited(20, '20.2 (arktos 656)', 'none but the first burst of 20'),
  limited(100, '95 to 100 (SIG Scalability)', 'the burst of 100 counts in a run of 3,000 pods'),
  limited(200, '201 (arktos 656)', 'as with 20'),
  limited(2000, '351 (arktos 656)', 'the scheduler of 2020 took longer for a pod'),
  {
    name: '`cluster-15000`, no limits',
    file: 'scale/cluster-15000.yaml',
    settings: [],
    published: [
      {
        figure: 'pods bound a second by one scheduler',
        others: '300 on average, 430 at most, with 30,000 nodes (kubernetes-facts D5)',
        difference: 'fewer nodes to look at for each pod, and no other load on the machine',
      },
    ],
  },
  {
    name: '`cluster-100000`',
    file: 'scale/cluster-100000.yaml',
    settings: [],
    published: [
      {
        figure: 'lease renewals a second',
        others: '13,000 with 130,000 nodes (GKE)',
        difference:
          'one etcd is at its limit; GKE keeps leases in Spanner, and a real etcd took 10,700 inserts a second',
      },
      {
        figure: 'pods bound a second',
        others: '500 at most with 100,000 nodes (EKS), 591 with 130,000 (GKE)',
        difference: 'every write waits behind the leases; EKS has etcd in partitions',
      },
    ],
  },
];
