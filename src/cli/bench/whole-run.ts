/** One whole run that is timed: a scenario that ships with hubsim, at one size. */
export interface WholeRun {
  readonly name: string;
  /** File below `scenarios/`. */
  readonly scenario: string;
  /** What stands above the file, as `--set` takes it. */
  readonly settings: readonly string[];
  /** Processes started; the fastest counts, as the others were held up by neighbours. */
  readonly times: number;
  /** Only run when asked for: takes minutes and gigabytes. */
  readonly large: boolean;
  /** What design §9 asks for on one core of a 2-core virtual machine. */
  readonly goal?: { readonly seconds?: number; readonly memoryBytes?: number; readonly eventsPerSecond?: number };
}

const MEBIBYTE = 2 ** 20;

function rollout(name: string, nodes: number, deployments: number, replicas: number): WholeRun {
  const settings = [`vars.nodes=${nodes}`, `vars.deployments=${deployments}`, `vars.replicas=${replicas}`];
  return { name, scenario: 'scale/rollout.yaml', settings, times: 3, large: false };
}

const SMALL: readonly string[] = ['my-spring-app', '20 nodes, 200 pods'];

/** The whole runs of `hubsim bench`, small ones first. */
export const WHOLE_RUNS: readonly WholeRun[] = [
  {
    name: 'my-spring-app',
    scenario: 'my-spring-app.yaml',
    settings: [],
    times: 5,
    large: false,
    goal: { seconds: 0.4 },
  },
  rollout('20 nodes, 200 pods', 20, 2, 100),
  {
    name: 'k8s-sims-1200',
    scenario: 'k8s-sims-1200.yaml',
    settings: [],
    times: 5,
    large: false,
    goal: { seconds: 1, memoryBytes: 250 * MEBIBYTE },
  },
  { ...rollout('1,000 nodes, 5,000 pods', 1_000, 1, 5_000), times: 5, goal: { seconds: 0.3 } },
  {
    name: 'idle-5000',
    scenario: 'idle-5000.yaml',
    settings: [],
    times: 5,
    large: false,
  },
  {
    // A minute is over before V8 has compiled the model: what it does a second then is told by an hour.
    name: 'an hour of 5,000 idle nodes',
    scenario: 'idle-5000.yaml',
    settings: ['vars.seconds=3600'],
    times: 2,
    large: false,
    goal: { eventsPerSecond: 3e6 },
  },
  rollout('1,000 nodes, 10,000 pods', 1_000, 10, 1_000),
  {
    ...rollout('5,000 nodes, 150,000 pods', 5_000, 50, 3_000),
    goal: { seconds: 10, memoryBytes: 1024 * MEBIBYTE },
  },
  {
    name: '150,000 pods of 16,400 Deployments with Services',
    scenario: 'scale/many-deployments.yaml',
    settings: [],
    times: 1,
    large: true,
  },
  {
    name: 'rolling update of 20,000 pods behind a Service',
    scenario: 'scale/update.yaml',
    settings: [],
    times: 2,
    large: true,
  },
  {
    name: 'an hour of 5,000 nodes, 20 pods a second come and go',
    scenario: 'scale/churn-hour.yaml',
    settings: [],
    times: 1,
    large: true,
    goal: { seconds: 3.6 },
  },
  {
    ...rollout('15,000 nodes, 450,000 pods', 15_000, 150, 3_000),
    times: 1,
    large: true,
    goal: { seconds: 40, memoryBytes: 3072 * MEBIBYTE },
  },
  {
    ...rollout('100,000 nodes, 1,000,000 pods', 100_000, 250, 4_000),
    times: 1,
    large: true,
    goal: { seconds: 120, memoryBytes: 8192 * MEBIBYTE },
  },
];

/** Those that are quick enough to only show that it works. */
export const SMOKE_RUNS: readonly WholeRun[] = WHOLE_RUNS.filter(({ name }) => SMALL.includes(name)).map((run) => ({
  ...run,
  times: 1,
}));
