import { type ModuleCall, rejectionsOfCalls } from "./module-calls";
import type { RejectedInput } from "./rejected-inputs";
import type { SynthesizedStack } from "./terraform";

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

/**
 * Returns Terraform's errors for all of `inputs`, in one plan, which calls the stack as often as an input has bad values.
 *
 * @param required values of variables without a default
 */
export async function rejectionsOf(
  { directory: source }: SynthesizedStack,
  inputs: readonly RejectedInput[],
  required: object = {},
): Promise<string[]> {
  const calls = rounds(inputs).map((variables, index): [string, ModuleCall] => [
    `round_${index}`,
    { source, variables: { ...required, ...variables } },
  ]);
  return rejectionsOfCalls(Object.fromEntries(calls));
}

/** Expects that inputs which are allowed one by one are rejected together, with each message and no other. */
export async function expectRejectedTogether(stack: SynthesizedStack, together: RejectedInput): Promise<void> {
  const rejected = await stack.rejections(together.given);
  const messages = [...together.messages, ...(together.messagesOfPlan ?? [])];

  expect(rejected).toHaveLength(messages.length);
  for (const message of messages) {
    expect(rejected).toContainEqual(expect.stringContaining(message));
  }
}
