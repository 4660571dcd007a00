import type { ScheduledPod } from './schedule-story.js';

const FIELD = /(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/y;

/** The rows of a `pods.csv`; names are as they were, without the apostrophe that guards spreadsheets. */
export function* readPods(text: string): Generator<ScheduledPod, void, void> {
  let start = text.indexOf('\n') + 1;
  while (start > 0 && start < text.length) {
    const end = text.indexOf('\n', start);
    const [namespace, name, owner, node, created, bound] = fieldsOf(text.slice(start, end < 0 ? text.length : end));
    yield {
      name: `${namespace}/${name}`,
      owner: owner ?? '',
      node: node ?? '',
      created: Number(created),
      bound: bound === undefined || bound === '' ? undefined : Number(bound),
    };
    if (end < 0) return;
    start = end + 1;
  }
}

function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (let match = FIELD.exec(line); match !== null; match = FIELD.exec(line)) {
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (FIELD.lastIndex >= line.length) break;
  }
  return fields.map((field) => field.replace(/^'(?=[=+\-@])/, ''));
}
