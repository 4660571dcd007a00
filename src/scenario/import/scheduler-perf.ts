import type { GivenFile, Imported } from './imported.js';
import { type PerfWorkload, pickWorkload } from './perf-config.js';
import { PerfPlan } from './perf-plan.js';
import { PerfTemplates } from './perf-templates.js';
import { comment, yamlOf } from './yaml-text.js';

export interface PerfImport {
  readonly name: string;
  readonly file: GivenFile;
  readonly readFile: (path: string) => string;
  /** A test case of the file; the first one when left out. */
  readonly caseName?: string | undefined;
  /** A workload of the case; the first with a threshold when left out. */
  readonly workload?: string | undefined;
}

/** A workload of scheduler_perf as a scenario. Throws InputError. */
export function importPerf({ name, file, readFile, caseName, workload }: PerfImport): Imported {
  const picked = pickWorkload(file, caseName, workload);
  const plan = new PerfPlan(picked, new PerfTemplates(readFile, file.path));
  const scenario = { path: 'scenario.yaml', text: scenarioText(name, file.path, picked, plan) };
  return { files: [scenario, ...plan.files], notes: plan.notes };
}

function scenarioText(
  name: string,
  file: string,
  { caseName, name: workload, threshold }: PerfWorkload,
  plan: PerfPlan,
): string {
  const about = [
    `${caseName}/${workload} of scheduler_perf, out of ${file}.`,
    '',
    'As there: a scheduler with 5,000 requests a second, no controllers, pods that nobody starts; here hollow kubelets',
    'report them running at once. What comes before the measured pods is done before time zero.',
    ...(plan.notes.length === 0 ? [] : ['', 'Left out:', ...plan.notes.map((note) => `- ${note}`)]),
  ];
  const scenario = {
    name,
    question: `How many pods a second does the scheduler place in ${caseName}?`,
    seed: 1,
    cluster: {
      kubernetes: '1.36',
      nodes: plan.nodes.length > 0 ? plan.nodes : [{ count: 0 }],
      scheduler: { kubeApiQps: 5000, kubeApiBurst: 5000 },
      controllerManager: { replicas: 0 },
      kubelet: { model: 'hollow', podStart: '0s', nodeStatus: false, nodeLeaseDurationSeconds: 86_400 },
    },
    ...(plan.before.length === 0 ? {} : { before: plan.before }),
    timeline: plan.timeline,
    stop: { when: 'converged', atMost: '1h' },
    ...(threshold === undefined ? {} : { published: [publishedOf(threshold, plan.churns, `${caseName}/${workload}`)] }),
  };
  return comment(about) + yamlOf(scenario);
}

/** The last pods of a churn may come when the measured ones have long been placed. */
function publishedOf(atLeast: number, churns: boolean, source: string): object {
  const value = churns ? '0.9 * pods.bound / pods.boundAt.p90' : 'pods.bound / pods.boundAt.p100';
  return { figure: 'pods bound a second', value, atLeast, source: `threshold of scheduler_perf ${source}` };
}
