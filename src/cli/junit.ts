import type { Summary } from '../measure/summary.js';

/** What JUnit XML says of one scenario: a suite, with a case for each expectation and one for the run itself. */
export interface JunitSuite {
  readonly file: string;
  readonly summary: Summary;
  readonly wallSeconds: number;
}

/** The results of scenarios as CI systems read them. */
export function junitXml(suites: readonly JunitSuite[]): string {
  const texts = suites.map(suiteXml);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="hubsim">\n${texts.join('')}</testsuites>\n`;
}

function suiteXml({ file, summary, wallSeconds }: JunitSuite): string {
  const { end, expectations } = summary;
  const limit = end.reason === 'limit' ? [end.findings[0] ?? 'a limit was hit'] : [];
  const failed = expectations.filter(({ pass }) => !pass);
  const cases = [
    caseXml(summary.name, 'the run ends within its limits', limit[0], 'limit'),
    ...expectations.map(({ expression, pass, value }) =>
      caseXml(summary.name, expression, pass ? undefined : `it is ${String(value)}`, 'expectation'),
    ),
  ];
  const counts = `tests="${cases.length}" failures="${failed.length + limit.length}"`;
  const head = `<testsuite name="${escaped(summary.name)}" file="${escaped(file)}" ${counts} time="${wallSeconds.toFixed(3)}">`;
  return `  ${head}\n${cases.join('')}  </testsuite>\n`;
}

function caseXml(suite: string, name: string, failure: string | undefined, type: string): string {
  const head = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}"`;
  if (failure === undefined) return `${head}/>\n`;
  return `${head}>\n      <failure type="${type}" message="${escaped(failure)}"/>\n    </testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Control characters, which XML cannot say, become spaces. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"\n]/g, (char) => ENTITIES[char]!).replaceAll(/\p{Cc}/gu, ' ');
}
