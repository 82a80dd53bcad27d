import { harmless } from "../text/one-line";

/** The exit code of a command that did nothing because of a UsageError. */
export const USAGE_EXIT_CODE = 2;

/**
 * Thrown when a command cannot do what it is asked for, before it does anything. Its message says so and lists every
 * validation error, each as `- …`, harmless to a terminal. The command exits with {@link USAGE_EXIT_CODE}.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";

  /** @param errors sentences that say what was given, what is allowed and what to do */
  constructor(readonly errors: readonly string[]) {
    super(["Nothing was done:", ...errors.map((error) => harmless(`- ${error}`))].join("\n"));
  }
}
