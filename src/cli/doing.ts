import type { ExitCode } from './exit-code.js';

/** What a command does. */
export type Work = () => Promise<ExitCode>;

/** Keeps what the command does until the command line has been read. It throws, to leave the reading at once. */
export type Doing = (work: Work) => never;
