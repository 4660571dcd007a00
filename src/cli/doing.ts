import type { ExitCode } from './exit-code.js';

/** Runs a command and keeps its exit code. */
export type Doing = (work: () => Promise<ExitCode>) => Promise<void>;
