import { expect, test } from 'vitest';
import { processIo } from '../../../src/cli/io.js';

test('output that nobody reads any more, as with head, is dropped; any other failure of it is not', () => {
  processIo();
  const failure = (code: string): Error => Object.assign(new Error(`write ${code}`), { code });
  expect(() => process.stdout.emit('error', failure('EPIPE'))).not.toThrow();
  expect(() => process.stderr.emit('error', failure('ENOSPC'))).toThrow('ENOSPC');
});
