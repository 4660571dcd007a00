import { WHOLE_RUNS } from '../../src/cli/bench/whole-run.js';
import { goalsTable } from './goals.js';
import { machineSpeed } from './machine-speed.js';
import type { Newest } from './newest.js';
import {
  casesTable,
  heapTable,
  memoryTable,
  newerTable,
  profileTable,
  scaleTable,
  shortTable,
  soakGrowth,
  soakTable,
  wholeRunsTable,
} from './tables.js';
import { millions } from './text.js';

/** `docs/performance.md`: the figures come from `results/bench.ndjson`, none is typed. */
export function performancePage(found: Newest): string {
  return `# Performance

How fast hubsim is, how much memory it takes, and how to measure both again. Every figure on this page comes from
\`results/bench.ndjson\`; \`npm run performance\` writes the page anew. Machine: ${[found.machine, ...found.elsewhere].join('; elsewhere: ')}.

## Goals

What hubsim wants to reach on one core, and where it stands: ✗ says by how much a goal is missed. What holds it back, and
what comes next, stands at the end of the page.

${goalsTable(found)}

${machineSpeed(found)}

## Whole runs

\`hubsim bench --large\` runs each in processes of their own and takes the fastest: reading, simulating, and writing all
files but charts and causes. A minute of idle nodes is mostly start-up and code that is not compiled yet; what the full
model does a second is told by an hour of them. The 16,400 Deployments are the groups of SIG Scalability's load test: every
few pods have a template, a ReplicaSet and mostly a Service of their own, and so more requests and other code.

${wholeRunsTable(found)}

${newerTable(found)}![Time of a whole run by number of pods](../results/time-by-pods.png)

![Memory of a whole run by number of pods](../results/memory-by-pods.png)

![Events simulated a second by number of nodes](../results/events-by-nodes.png)

## The engine

\`npm run bench\` measures it against the queues and engines that people use; all do the same work in the same process,
in turn, and the third-fastest of nine rounds counts. SimPy takes part where \`python3\` has it.

An event queue that is kept at a size (the hold model), with a total order:

${casesTable(found, ['hold'])}

Events that follow each other in one instant, a cluster's timers, and processes that pause and go on:

${casesTable(found, ['zero delay', 'timer mix', 'processes'])}

![Processes that pause and go on](../results/peers.png)

Placements of the scheduler, a pod each, beside the straightforward evaluation that is their oracle:

${casesTable(found, ['scheduler'])}

Others have published, on machines of the same size: simcore 0.1.0 (Rust) 13.7 M events a second for 100 processes and
7.8 M for 10,000; kcs (Rust, placement without a hub) 17.8 s and 136 MB for the pods of k8s-sims-1200; KWOK 326 s for them;
kubemark takes 80 machines and hours for 5,000 nodes and 150,000 pods.

## Memory

\`npm run memory\` weighs what one more of a thing takes, by the difference of two sizes:

${memoryTable(found)}

\`npm run heap\` weighs what lives at the end of ${pods(found)} pods on 5,000 nodes, by the part of the sources that made it,
typed arrays aside; with a file it writes a heap snapshot for the memory page of the browser's developer tools, too
(\`npm run heap -- 20000 run.heapsnapshot\`):

${heapTable(found)}

\`npm run soak\` simulates a day of 100 nodes in which a pod comes and goes every second, and looks each hour:

${soakTable(found)}

Records are kept to the end: \`pods.csv\` has a row for each pod, and the series of watches one for each second.
After the last hour ${soakGrowth(found)} is resident than after the first.

## At scale, beside what was published

\`scenarios/scale/\` has clusters of 5,000, 15,000 and 100,000 nodes on \`control-plane-64-core\`, and
\`scenarios/scheduler-perf/\` the cases of Kubernetes' own tests; each prints its figures beside the published ones. \`npm run scale\` simulates them all, and as often writes the same.

${scaleTable(found)}

## Where the time goes

A request is about 29 events: limiter, wire, flow control, processor, etcd's queue, commit, fan-out, wire, decoding.
\`npm run profile\` takes the share of each part of the sources in the time of the simulation alone:

${profileTable(found)}

No function takes more than a few hundredths since the scheduler scores one node of each class: it looked at 5,000 nodes
for each pod of a cluster of 100,000 before. What is missed of the goals, and what comes next:

| missed | where the time goes | next |
| --- | --- | --- |
| small and middling whole runs | two fifths of their time is lost to code that is not optimised yet: a third run of k8s-sims-1200 in the same process takes 0.6 of the first, two fifths of all processor time are V8's compiler, and no flag of V8 changes the sum; start-up is Node.js itself, and what the schemas of scenarios are made of | fewer and smaller hot functions; one hidden class for statuses of nodes and Deployments; sweeps and \`--watch\` stay in one process and have it behind them; on two cores \`node --v8-pool-size=1\` keeps V8's compilers from taking turns with the simulation (a tenth of 5,000 pods, a sixth of k8s-sims-1200 and idle-5000, nothing of longer runs, by a few readings); a small cluster simulated before, so that what is compiled first has seen everything, costs as much as it spares |
| an hour of churn | ${churn(found)}. None can be left out, as each is part of the fingerprint. A renewal among 100 nodes takes as long as among 5,000: it is instructions, not waiting for memory | fewer instructions a call: nothing on its way takes more than a twentieth |
| 150,000 pods and more | a pod is 91 events, and some 24 KB are allocated for it on the way; a third of a rollout is for the Events that scheduler and kubelet record of it, nearly all of that for the way of their calls through the hub; a tenth is V8 copying what lives on. In profiles by instruction single loads stand out: the version of a pod that a cache has, a kubelet's recorder and its hand of queues, an entry of the table of names, each in memory that has left the processor's caches; together a tenth | an Event in one object in place of two; what was known of a node in one place. A hand of queues within its flow in place of an array: no faster |
| thousands of small Deployments | nothing is compared with everything any more; a tenth is reading the manifests of the load, one by one | what a load creates is read once and filled in, as names are already |
| processes, timer mix | of a turn with 100 processes a quarter is the draw of a pause, the rest queue, loop and handler; of the timer mix a third is finding the place of an event among the next few, and what costs there is that no processor foretells how far that is | rows of 32 bytes in place of columns, a wheel of 262,144 buckets in place of six levels, a wheel whose buckets are rings, and times kept beside the list of the next events were tried and are as fast or slower |
`;
}

/** What stands between the marks of README.md. */
export function readmeTable(found: Newest): string {
  return `${shortTable(found)}\n\nMeasured on ${found.machine}; [docs/performance.md](docs/performance.md) has the rest.`;
}

/** How many events a second the goal of the hour of churn asks for. */
function churn({ runs }: Newest): string {
  const { name, goal } = WHOLE_RUNS.find(({ scenario }) => scenario === 'scale/churn-hour.yaml')!;
  const events = runs.get(name)?.events ?? 0;
  return `it is ${millions(events)} events, so that its goal asks for ${millions(events / goal!.seconds!)} a second`;
}

function pods({ heap }: Newest): string {
  return (heap?.pods ?? 0).toLocaleString('en-US');
}
