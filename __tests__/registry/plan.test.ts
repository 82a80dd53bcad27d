import { join } from "node:path";
import {
  accessLogsInputs,
  archiveInputs,
  archiveQueriesInputs,
  firehoseS3Inputs,
  firehoseSearchInputs,
  pipelineInputs,
} from "../../modules";
import { snakeCase } from "../../modules/inputs/schema";
import { terraformDefault } from "../../registry/files/variables";
import { addPolicies, EXEMPT, isExempt, lintPolicies } from "../support/lint-policies";
import { type ModuleCall, outputsDeclaredBy, planOfCalls, withoutProvider } from "../support/module-calls";
import { type ModulePlan, type StoredResource, synthesizedFolder } from "../support/terraform";
import { createdBy, outputsOf, unknownPolicies } from "./support/compare";
import { comparedAccessLogs } from "./support/inputs/access-logs";
import { comparedArchiveQueries } from "./support/inputs/archive-queries";
import type { ComparedInputs } from "./support/inputs/compared-inputs";
import { comparedFirehoseS3, comparedFirehoseSearch } from "./support/inputs/firehose";
import { comparedArchives } from "./support/inputs/log-archive";
import { comparedPipelines } from "./support/inputs/logging-pipeline";
import { emittedModule } from "./support/module";
import { settled } from "./support/state";

jest.setTimeout(600_000);

describe.each([
  ["the module", "logging-pipeline", "", comparedPipelines, pipelineInputs],
  ["modules/log-archive", "log-archive", "modules/log-archive", comparedArchives, archiveInputs],
  [
    "modules/archive-queries",
    "archive-queries",
    "modules/archive-queries",
    comparedArchiveQueries,
    archiveQueriesInputs,
  ],
  ["modules/access-logs", "access-logs", "modules/access-logs", comparedAccessLogs, accessLogsInputs],
  ["modules/firehose-s3", "firehose-s3", "modules/firehose-s3", comparedFirehoseS3, firehoseS3Inputs],
  [
    "modules/firehose-search",
    "firehose-search",
    "modules/firehose-search",
    comparedFirehoseSearch,
    firehoseSearchInputs,
  ],
] as const)("%s", (_, stackName, folder, inputs, variables) => {
  let plans: Readonly<Record<string, ModulePlan>>;

  beforeAll(async () => {
    plans = await plansOfBoth(stackName, folder, inputs);
  });

  it("is compared with a value for each variable", () => {
    const given = inputs.flatMap(([, values]) => Object.keys(values));

    expect([...new Set(given)].sort()).toEqual(Object.keys(variables).map(snakeCase).sort());
  });

  it.each(inputs.map(([name, , stored = []], index) => [name, index, stored] as const))(
    "plans the resources, values and outputs of the CDKTF stack for %s",
    (_, index, stored) => {
      const ofStack = plans[`stack_${index}`]!;
      const ofModule = plans[`module_${index}`]!;

      for (const { address, change } of ofModule.resource_changes)
        addPolicies(policies, address, { ...change.after, assume_role_policy: undefined });
      for (const [name, { value }] of Object.entries(ofModule.planned_values.outputs))
        if (!name.endsWith("_trust_policy")) addPolicies(policies, `${folder || "module"} output`, { [name]: value });
      expect(Object.keys(createdBy(ofModule)).length).toBeGreaterThan(0);
      expect(createdBy(ofModule)).toEqual(createdBy(ofStack));
      expect(outputsOf(ofModule)).toEqual(outputsOf(ofStack));
      expect(stored.length > 0 ? unknownPolicies(ofModule) : []).toEqual([]);
    },
  );
});

/** All policies of the modules above, but trust policies: to parliament, each policy has a resource. */
const policies = new Map<string, string[]>();

// parliament is downloaded the first time.
it("have policies in which parliament finds nothing but what is exempt", async () => {
  expect(policies.size).toBeGreaterThan(25);
  const findings = await lintPolicies(policies);
  expect(findings.filter((finding) => !EXEMPT.some((exemption) => isExempt(finding, exemption)))).toEqual([]);
  expect(EXEMPT.filter((exemption) => !findings.some((finding) => isExempt(finding, exemption)))).toEqual([]);
}, 120_000);

/** What the registry module demands, and the stack has as its default. */
const DEMANDED = { log_groups: terraformDefault(pipelineInputs.logGroups.default) };

/** `stack_0` and `module_0` for the first inputs, and so on. */
async function plansOfBoth(
  stackName: string,
  folder: string,
  inputs: ComparedInputs,
): Promise<Readonly<Record<string, ModulePlan>>> {
  const stack = await synthesizedFolder(stackName);
  const module = await emittedModule();
  const sources = { stack: await withoutProvider(stack.directory), module: join(module.directory, folder) };
  const outputs = await outputsDeclaredBy(stack.directory);
  const indices = [...inputs.keys()];
  const calls = (kind: keyof typeof sources, of: readonly number[], storedAt: (index: number) => StoredResource[]) =>
    of.map((index): [string, ModuleCall] => [
      `${kind}_${index}`,
      {
        source: sources[kind],
        variables: { ...(kind === "module" && folder === "" && DEMANDED), ...inputs[index]![1] },
        stored: storedAt(index),
      },
    ]);
  try {
    const withState = indices.filter((index) => inputs[index]![2] !== undefined);
    const unsettled = await planOfCalls(Object.fromEntries(calls("module", withState, () => [])), outputs);
    const storedAt = (index: number) => settled(unsettled[`module_${index}`]!, inputs[index]![2] ?? []);
    return await planOfCalls(
      Object.fromEntries([...calls("stack", indices, storedAt), ...calls("module", indices, storedAt)]),
      outputs,
    );
  } finally {
    await stack.remove();
    await module.remove();
  }
}
