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
import { type ModulePlan, type StoredResource, synthesizedStacks } from "../support/terraform";
import { createdBy, outputsOf, unknownPolicies } from "./support/compare";
import { comparedAccessLogs } from "./support/inputs/access-logs";
import { comparedArchiveQueries } from "./support/inputs/archive-queries";
import { comparedFirehoseS3, comparedFirehoseSearch } from "./support/inputs/firehose";
import { comparedArchives } from "./support/inputs/log-archive";
import { comparedPipelines } from "./support/inputs/logging-pipeline";
import { emittedModule } from "./support/module";
import { settled } from "./support/state";

jest.setTimeout(600_000);

const CONSTRUCTS = [
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
] as const;

let plans: Readonly<Record<string, ModulePlan>>;

beforeAll(async () => {
  plans = await plansOfBoth();
});

describe.each(CONSTRUCTS)("%s", (_, stackName, folder, inputs, variables) => {
  it("is compared with a value for each variable", () => {
    const given = inputs.flatMap(([, values]) => Object.keys(values));

    expect([...new Set(given)].sort()).toEqual(Object.keys(variables).map(snakeCase).sort());
  });

  it.each(inputs.map(([name, , stored = []], index) => [name, index, stored] as const))(
    "plans the resources, values and outputs of the CDKTF stack for %s",
    (_, index, stored) => {
      const ofStack = plans[`stack_${nameOf(stackName, index)}`]!;
      const ofModule = plans[`module_${nameOf(stackName, index)}`]!;

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

/** Of the inputs at this index. */
const nameOf = (stackName: string, index: number) => `${stackName}_${index}`;

/** The plan of `stack_` and of `module_` with each {@link nameOf}. */
async function plansOfBoth(): Promise<Readonly<Record<string, ModulePlan>>> {
  const stacks = await synthesizedStacks();
  const module = await emittedModule();
  try {
    const calls: Record<string, ModuleCall> = {};
    const applied: Record<string, readonly StoredResource[]> = {};
    for (const [, stackName, folder, inputs] of CONSTRUCTS) {
      const stack = await withoutProvider(join(stacks.directory, stackName));
      const outputs = await outputsDeclaredBy(stack);
      for (const [index, [, variables, stored]] of inputs.entries()) {
        const name = nameOf(stackName, index);
        const demanded = folder === "" ? DEMANDED : {};
        calls[`stack_${name}`] = { source: stack, outputs, variables };
        calls[`module_${name}`] = {
          ...{ source: join(module.directory, folder), outputs },
          variables: { ...demanded, ...variables },
        };
        if (stored !== undefined) applied[name] = stored;
      }
    }
    const unsettled = await planOfCalls(
      Object.fromEntries(Object.keys(applied).map((name) => [`module_${name}`, calls[`module_${name}`]!])),
    );
    for (const [name, stored] of Object.entries(applied)) {
      const settledResources = settled(unsettled[`module_${name}`]!, stored);
      for (const kind of ["stack", "module"])
        calls[`${kind}_${name}`] = { ...calls[`${kind}_${name}`]!, stored: settledResources };
    }
    return await planOfCalls(calls);
  } finally {
    await stacks.remove();
    await module.remove();
  }
}
