import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const PIECE_BYTES = 2 ** 20;

/** The lines of a file, read a piece at a time: together they may be larger than any string. Throws what reading throws. */
export function* linesOfFile(path: string): Generator<string, void, void> {
  const file = openSync(path, 'r');
  try {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    const decoder = new StringDecoder('utf8');
    // Of a line that goes on from piece to piece.
    let begun: string[] = [];
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      const [first = '', ...lines] = decoder.write(piece.subarray(0, read)).split('\n');
      begun.push(first);
      const open = lines.pop();
      if (open === undefined) continue;
      yield begun.join('');
      yield* lines;
      begun = [open];
    }
    yield begun.join('') + decoder.end();
  } finally {
    closeSync(file);
  }
}
