import type { RefusedInput } from "./refused-inputs";
import type { SynthesizedStack } from "./terraform";

/** The first bad value of each variable, the second, …: Terraform reports the mistakes of all variables together. */
function rounds(inputs: readonly RefusedInput[]): Record<string, unknown>[] {
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

/** What Terraform says of all of `inputs`, in as few plans as it takes. */
export async function refusalsOf(stack: SynthesizedStack, inputs: readonly RefusedInput[]): Promise<string[]> {
  const refusals: string[] = [];
  for (const variables of rounds(inputs)) refusals.push(...(await stack.refusals(variables)));
  return refusals;
}

/** Inputs that are allowed one by one are refused, with each message and no other. */
export async function expectRefusedTogether(stack: SynthesizedStack, together: RefusedInput): Promise<void> {
  const refused = await stack.refusals(together.given);

  expect(refused).toHaveLength(together.messages.length);
  for (const message of together.messages) {
    expect(refused).toContainEqual(expect.stringContaining(message));
  }
}
