/** Consecutive failures, a second apart, before one is reported: Terraform deletes a source before its mapping. */
const FAILURES_BEFORE_REPORT = 5;

/** Reports a failure once it lasts. */
export class LastingFailure {
  #failures = 0;

  constructor(private readonly onProblem: (problem: string) => void) {}

  failed(problem: string): void {
    this.#failures++;
    if (this.#failures === FAILURES_BEFORE_REPORT) this.onProblem(problem);
  }

  succeeded(): void {
    this.#failures = 0;
  }
}
