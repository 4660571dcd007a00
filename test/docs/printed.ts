import { pathText, whatIf } from '../../src/cli/explain/explain-path.js';
import { runInfo } from '../../src/cli/run-info.js';
import { runTable } from '../../src/cli/run-table.js';
import { Trace } from '../../src/engine/index.js';
import { chartFiles } from '../../src/report/charts/chart-files.js';
import { readScenario, runScenario } from '../golden/golden-record.js';

/** What `hubsim run scenarios/NAME.yaml` prints here and now. */
export function printed(name: string): string {
  const cpu = process.cpuUsage();
  const beganMs = performance.now();
  const result = runScenario(name, { trace: new Trace() });
  const { events, virtualSeconds } = result.summary.end;
  const info = runInfo(performance.now() - beganMs, cpu, events, virtualSeconds);
  return runTable(result, info, `results/${name}`, { charts: true, report: true }, false);
}

/** The same without what differs from machine to machine: how fast it went. */
export function timeless(text: string): string {
  return text.replaceAll(/^│ simulated.*?(?=^│ result)/gms, '');
}

/** What `hubsim explain results/NAME` prints. */
function explained(name: string): string {
  const path = runScenario(name, { trace: new Trace() }).criticalPath!;
  return pathText(path, whatIf(path, readScenario(name)));
}

const RUN = /^(\$ npx hubsim run scenarios\/([-a-z0-9]+)\.yaml\n).*?(?=^```$)/gms;
const EXPLAIN = /^(\$ npx hubsim explain results\/([-a-z0-9]+)\n).*?(?=^```$)/gms;

/** A page with the output after each command that runs or explains a scenario replaced by what is printed now. */
export function withOutput(page: string): string {
  return page
    .replaceAll(RUN, (_, line: string, name: string) => `${line}${printed(name)}`)
    .replaceAll(EXPLAIN, (_, line: string, name: string) => `${line}${explained(name)}`);
}

/** Charts of a scenario's run by name, as PNG. */
export async function charts(scenario: string, names: readonly string[]): Promise<[name: string, Uint8Array][]> {
  const files = await chartFiles(runScenario(scenario, { trace: new Trace() }), true);
  return names.map((name) => {
    const [content] = [...files.find(({ path }) => path === `charts/${name}.png`)!.content];
    return [name, content as Uint8Array];
  });
}
