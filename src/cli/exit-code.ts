/** What the process tells its caller (design §6). */
export const EXIT = { ok: 0, expectation: 1, input: 2, limit: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
