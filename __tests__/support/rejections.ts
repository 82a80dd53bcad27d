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
 * Returns Terraform's errors for all of `inputs`, in as few plans as possible.
 *
 * @param required values of variables without a default
 */
export async function rejectionsOf(
  stack: SynthesizedStack,
  inputs: readonly RejectedInput[],
  required: object = {},
): Promise<string[]> {
  const rejections: string[] = [];
  for (const variables of rounds(inputs)) rejections.push(...(await stack.rejections({ ...required, ...variables })));
  return rejections;
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
