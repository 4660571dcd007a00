import { describe, expect, it } from 'vitest';
import { APART } from '../../../vitest.config.js';
import { sourceFiles } from './source-files.js';

/** What must not stand in the sources, where it may all the same, and what to write instead. */
const BANNED: readonly { pattern: RegExp; except: RegExp; instead: string }[] = [
  { pattern: /\bMath\.random\b/, except: /^$/, instead: 'a named stream' },
  {
    pattern: /\bDate\.now\b|\bnew Date\(|\bperformance\.now\b|\bsetTimeout\b/,
    except: /^src\/cli\//,
    instead: 'engine.nowNs',
  },
  { pattern: /\bprocess\.(env|hrtime)\b/, except: /^src\/cli\//, instead: 'configuration' },
  {
    pattern: /\bMath\.(log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|cbrt)\(/,
    // What the page of a report draws is no part of a run.
    except: /^src\/(random|page)\//,
    instead: 'own ln and exp of src/random',
  },
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, except: /^$/, instead: 'the thing itself' },
  { pattern: /\blocaleCompare\b/, except: /^$/, instead: 'comparison by code unit' },
];

const LINES_MAX = 300;
const FUNCTION_LINES_MAX = 70;

const files = sourceFiles('src');

describe('the house', () => {
  it.each(BANNED)('keeps $pattern out of the sources', ({ pattern, except }) => {
    const found = files.filter(({ path, text }) => pattern.test(text) && !except.test(path));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it(`has no file of more than ${LINES_MAX} lines`, () => {
    const long = files.filter(({ text }) => text.split('\n').length > LINES_MAX);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it(`has no function of more than ${FUNCTION_LINES_MAX} lines`, () => {
    expect(files.flatMap(({ path, text }) => longFunctions(text).map((line) => `${path}:${line}`))).toEqual([]);
  });

  it('keeps tests that put something in the place of something else in a process of their own', () => {
    const replacing = sourceFiles('test').filter(({ text }) => /\bvi\.(mock|spyOn|stub\w+|useFakeTimers)\(/.test(text));
    expect(replacing.map(({ path }) => path).sort()).toEqual([...APART].sort());
  });

  it('has no file that is named for nothing in particular', () => {
    const vague = /\/(utils?|helpers?|common|misc|shared)\.ts$/;
    expect(files.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
  });
});

/** First lines of the functions and methods that are too long, by indentation as the formatter leaves it. */
function longFunctions(text: string): number[] {
  const lines = text.split('\n');
  const long: number[] = [];
  for (const [index, line] of lines.entries()) {
    const start =
      /^( *)(?!.*\b(?:if|for|while|switch|class|interface|type|const \w+(?:: [^=]+)? = [[{])\b).*[)\w>] (?:=> )?\{$/.exec(
        line,
      );
    if (
      start === null ||
      /^\s*(?:if|for|while|switch|do|else|try|\} )/.test(line) ||
      /\b(class|interface)\b/.test(line)
    )
      continue;
    const end = lines.findIndex((later, at) => at > index && later.startsWith(`${start[1]}}`));
    if (end - index > FUNCTION_LINES_MAX) long.push(index + 1);
  }
  return long;
}
