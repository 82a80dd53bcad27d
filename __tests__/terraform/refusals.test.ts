import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type RefusedInput,
  refusedByArchive,
  refusedByPipeline,
  refusedTogetherByArchive,
  refusedTogetherByPipeline,
} from "../support/refused-inputs";
import { type Stack, synthesizedStack } from "../support/terraform";

jest.setTimeout(300_000);

/** Terraform reports the mistakes of all variables together, so each plan takes one bad value of each. */
function rounds(inputs: readonly RefusedInput[]): RefusedInput[][] {
  const plans: RefusedInput[][] = [];
  for (const input of inputs) {
    const [variable] = Object.keys(input.given);
    const free = plans.find((plan) => plan.every(({ given }) => !(variable! in given)));
    if (free) {
      free.push(input);
    } else {
      plans.push([input]);
    }
  }
  return plans;
}

/** What each validation says, from where the value that it was given ends. */
async function rulesOf(stack: Stack): Promise<string[]> {
  const { variable } = JSON.parse(await readFile(join(stack.directory, "cdk.tf.json"), "utf8"));
  return Object.entries(variable as Record<string, { validation?: { error_message: string }[] }>).flatMap(
    ([name, { validation = [] }]) =>
      validation.map(({ error_message }) => `${name} ${error_message.slice(error_message.indexOf(": allowed is "))}`),
  );
}

describe.each([
  ["logging-pipeline", refusedByPipeline, refusedTogetherByPipeline],
  ["log-archive", refusedByArchive, refusedTogetherByArchive],
])("the variables of stack %s", (name, inputs, together) => {
  let stack: Stack;
  let refusals: string[];

  beforeAll(async () => {
    stack = await synthesizedStack(name);
    refusals = [];
    for (const round of rounds(inputs)) {
      refusals.push(...(await stack.refusals(Object.assign({}, ...round.map(({ given }) => given)))));
    }
  });

  afterAll(() => stack?.remove());

  test.each(inputs.flatMap(({ messages }) => messages))(
    "are refused with the value and what is allowed: %s",
    (start) => {
      expect(refusals).toContainEqual(expect.stringContaining(start));
    },
  );

  test("are refused when they do not fit together, all at once", async () => {
    const refusals = await stack.refusals(together.given);

    expect(refusals).toHaveLength(together.messages.length);
    for (const message of together.messages) {
      expect(refusals).toContainEqual(expect.stringContaining(message));
    }
  });

  test("have no rule that was not seen to refuse", async () => {
    const seen = refusals.map(
      (message) => `${/^\w+/.exec(message)} ${message.slice(message.indexOf(": allowed is "))}`,
    );

    const rules = await rulesOf(stack);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter((rule) => !seen.includes(rule))).toEqual([]);
  });
});
