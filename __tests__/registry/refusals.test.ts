import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type RefusedInput,
  refusedByArchive,
  refusedByPipeline,
  refusedTogetherByArchive,
  refusedTogetherByPipeline,
} from "../support/refused-inputs";
import type { Stack } from "../support/terraform";
import { rootModule } from "./support/module";

jest.setTimeout(600_000);

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

/** What is allowed, as each validation says it. */
async function limitsIn({ directory }: Stack): Promise<string[]> {
  const text = await readFile(join(directory, "variables.tf"), "utf8");
  return [...text.matchAll(/: (allowed is (?:[^"\\]|\\.)*)"/g)].map(([, limit]) => JSON.parse(`"${limit}"`));
}

describe.each([
  ["the module", "", refusedByPipeline, refusedTogetherByPipeline],
  ["modules/log-archive", "modules/log-archive", refusedByArchive, refusedTogetherByArchive],
])("the variables of %s", (_, folder, inputs, together) => {
  let root: Stack;
  let refusals: string[];

  beforeAll(async () => {
    root = await rootModule(folder);
    refusals = [];
    for (const variables of rounds(inputs)) {
      refusals.push(...(await root.refusals(variables)));
    }
  });

  afterAll(() => root?.remove());

  test.each(inputs.flatMap(({ messages }) => messages))(
    "are refused with the value and what is allowed, as by the stack: %s",
    (start) => {
      expect(refusals).toContainEqual(expect.stringContaining(start));
    },
  );

  test("are refused when they do not fit together, all at once", async () => {
    const refused = await root.refusals(together.given);

    expect(refused).toHaveLength(together.messages.length);
    for (const message of together.messages) {
      expect(refused).toContainEqual(expect.stringContaining(message));
    }
  });

  test("have no validation that was not seen to refuse", async () => {
    const limits = await limitsIn(root);

    expect(limits.length).toBeGreaterThan(5);
    expect(limits.filter((limit) => !refusals.some((refusal) => refusal.includes(limit)))).toEqual([]);
  });
});
