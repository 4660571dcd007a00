import { runInfo } from '../../src/cli/run-info.js';
import { runTable } from '../../src/cli/run-table.js';
import { chartFiles } from '../../src/report/charts/chart-files.js';
import { runScenario } from '../golden/golden-record.js';

/** What `hubsim run scenarios/NAME.yaml` prints here and now. */
export function printed(name: string): string {
  const cpu = process.cpuUsage();
  const beganMs = performance.now();
  const result = runScenario(name);
  const { events, virtualSeconds } = result.summary.end;
  const info = runInfo(performance.now() - beganMs, cpu, events, virtualSeconds);
  return runTable(result, info, `results/${name}`, true, false);
}

/** The same without what differs from machine to machine: how fast it went. */
export function timeless(text: string): string {
  return text.replaceAll(/^│ simulated.*?(?=^│ result)/gms, '');
}

/** A page with the output after each `$ npx hubsim run scenarios/NAME.yaml` replaced by what is printed now. */
export function withOutput(page: string): string {
  const command = /^(\$ npx hubsim run scenarios\/([-a-z0-9]+)\.yaml\n).*?(?=^```$)/gms;
  return page.replaceAll(command, (_, line: string, name: string) => `${line}${printed(name)}`);
}

/** The chart of a scenario's run, as PNG. */
export async function chart(name: string, file: string): Promise<Uint8Array> {
  const files = await chartFiles(runScenario(name));
  const [content] = [...files.find(({ path }) => path === `charts/${file}`)!.content];
  return content as Uint8Array;
}
