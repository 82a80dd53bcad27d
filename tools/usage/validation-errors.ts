import { UsageError } from "./usage-error";

/** Collects validation errors, so that all of them are reported together. */
export class ValidationErrors {
  private readonly errors: string[] = [];

  add(...errors: readonly string[]): void {
    this.errors.push(...errors);
  }

  /**
   * Adds those of a UsageError.
   *
   * @throws any other error
   */
  addFrom(thrown: unknown): void {
    if (!(thrown instanceof UsageError)) throw thrown;
    this.add(...thrown.errors);
  }

  has(predicate: (error: string) => boolean): boolean {
    return this.errors.some(predicate);
  }

  get isEmpty(): boolean {
    return this.errors.length === 0;
  }

  /** @throws UsageError listing all of them, if there are any */
  throwIfAny(): void {
    if (!this.isEmpty) throw new UsageError(this.errors);
  }
}
