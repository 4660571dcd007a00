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

function limited(qps: number, others: string, difference: string): ScaleRun {
  return {
    name: `\`cluster-5000\`, limits of ${qps}`,
    file: 'scale/cluster-5000.yaml',
    settings: [`vars.qps=${qps}`],
    published: [{ figure: 'pods bound a second', others, difference }],
  };
}

/** A case of scheduler_perf with its 5,000 nodes and as many pods before. */
function placed(file: string, nodes: string, first: number, atLeast: number): ScaleRun {
  return {
    name: `\`scheduler-perf/${file}\``,
    file: `scheduler-perf/${file}.yaml`,
    settings: [nodes, `vars.first=${first}`, 'vars.pods=2000'],
    published: [
      {
        figure: 'pods bound a second',
        others: `at least ${atLeast} (scheduler_perf)`,
        difference: 'a threshold leaves room, and is for a machine of fewer cores',
      },
    ],
  };
}

function loop(nodes: number, others: string, difference: string): ScaleRun {
  return {
    name: `\`cluster-15000\`, ${nodes.toLocaleString('en-US')} nodes, no limits`,
    file: 'scale/cluster-15000.yaml',
    settings: [`vars.nodes=${nodes}`],
    published: [{ figure: 'pods bound a second by one scheduler', others, difference }],
  };
}

/** What `npm run scale` simulates, for the table of docs/performance.md. */
export const SCALE_RUNS: readonly ScaleRun[] = [
  limited(20, '20.2 (arktos 656)', 'none'),
  limited(100, '95 to 100 (SIG Scalability)', 'none'),
  limited(200, '201 (arktos 656)', 'none'),
  limited(2000, '351 (arktos 656)', 'pods of a ReplicaSet were spread by a simpler plugin in Kubernetes 1.18'),
  placed('scheduling-basic', 'vars.nodes=5000', 1_000, 270),
  placed('topology-spreading', 'vars.nodesPerZone=1667', 5_000, 85),
  placed('preferred-topology-spreading', 'vars.nodesPerZone=1667', 5_000, 125),
  placed('pod-anti-affinity', 'vars.nodes=5000', 1_000, 60),
  placed('pod-affinity', 'vars.nodes=5000', 5_000, 35),
  loop(15_000, '', 'fewer nodes are looked at for a pod than of 30,000'),
  loop(30_000, '300 on average, 430 at most (kubernetes-facts D5)', 'none'),
  {
    name: '`cluster-100000`',
    file: 'scale/cluster-100000.yaml',
    settings: [],
    published: [
      {
        figure: 'lease renewals a second',
        others: '13,000 with 130,000 nodes (GKE, kept in Spanner)',
        difference:
          'each node renews once in 10 s there, too; here the watch cache of the leases falls 14 s behind in 20',
      },
      {
        figure: 'pods bound a second',
        others: '500 at most with 100,000 nodes (EKS), 591 with 130,000 (GKE)',
        difference: 'the scheduler looks at 5,000 nodes for a pod, which percentageOfNodesToScore can lower',
      },
    ],
  },
];
