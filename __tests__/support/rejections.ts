import { CallBatch } from "./call-batch";
import { rejectionsOfCalls } from "./module-calls";
import type { RejectedInput } from "./rejected-inputs";

interface RejectedCall {
  /** The module's folder, which is asked for when the plan is made. */
  readonly source: () => string;
  readonly variables: RejectedInput["given"];
}

/** Calls of modules whose errors Terraform finds in one plan. */
export class RejectionBatch {
  readonly #calls = new CallBatch<RejectedCall, readonly string[]>((calls) =>
    rejectionsOfCalls(
      Object.fromEntries(
        Object.entries(calls).map(([name, { source, variables }]) => [name, { source: source(), variables }]),
      ),
    ),
  );

  /** Terraform's errors for these variables; none when it plans them. */
  add(source: () => string, variables: RejectedInput["given"]): () => Promise<readonly string[]> {
    return this.#calls.add({ source, variables });
  }

  /**
   * Terraform's errors for all of `inputs`, by as many calls as an input has bad values.
   *
   * @param required values of variables without a default
   */
  addInputs(
    source: () => string,
    inputs: readonly RejectedInput[],
    required: RejectedInput["given"],
  ): () => Promise<readonly string[]> {
    const rejected = rounds(inputs).map((variables) => this.add(source, { ...required, ...variables }));
    return async () => (await Promise.all(rejected.map((errors) => errors()))).flat();
  }
}

/** The first bad value of each variable, the second, …: Terraform reports the errors of all variables together. */
function rounds(inputs: readonly RejectedInput[]): Record<string, unknown>[] {
  const given: Record<string, unknown>[] = [];
  for (const [name, value] of inputs.flatMap((input) => Object.entries(input.given))) {
    const free = given.find((variables) => !(name in variables));
    if (free) {
      free[name] = value;
    } else {
      given.push({ [name]: value });
    }
  }
  return given;
}

/** Expects that inputs which are allowed one by one were rejected together, with each message and no other. */
export function expectRejectedTogether(rejected: readonly string[], together: RejectedInput): void {
  const messages = [...together.messages, ...(together.messagesOfPlan ?? [])];

  expect(rejected).toHaveLength(messages.length);
  for (const message of messages) {
    expect(rejected).toContainEqual(expect.stringContaining(message));
  }
}
