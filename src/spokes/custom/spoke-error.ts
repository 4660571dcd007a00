/** An error in the code of a spoke: the run ends with it. Says which spoke, about what, and when. */
export class SpokeError extends Error {
  override readonly name: string = 'SpokeError';
  private readonly spoke: string;
  private readonly key: string;
  private readonly problem: string;
  private readonly atNs: number;

  constructor(spoke: string, key: string, problem: string, atNs: number) {
    super(`spoke ${spoke}, reconciling ${key}: ${problem}`);
    this.spoke = spoke;
    this.key = key;
    this.problem = problem;
    this.atNs = atNs;
  }

  /** The same error with its moment told from time zero. */
  since(timeZeroNs: number): SpokeError {
    const seconds = (this.atNs - timeZeroNs) / 1e9;
    const when = seconds < 0 ? 'before time zero' : `at ${seconds} s of virtual time`;
    const told = new SpokeError(this.spoke, this.key, this.problem, this.atNs);
    told.message = `spoke ${this.spoke}, reconciling ${this.key} ${when}: ${this.problem}`;
    return told;
  }
}
