import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms";

/** The plans that the tests of cost read, by real Terraform: npx tsx __tests__/cost/plans/make.ts [names] */
const PLANS: Readonly<Record<string, readonly [stack: string, variables: object]>> = {
  defaults: ["logging-pipeline", {}],
  large: [
    "logging-pipeline",
    {
      name: "large",
      streams: { all: { shards: 4 }, burst: { shards: 0 } },
      log_groups: {
        "/app/checkout": { stream: "all", retention_in_days: 14 },
        "/app/search": { stream: "all", retention_in_days: 14 },
        "/app/import": { stream: "burst", create: false },
      },
      stream_retention_hours: 72,
      search_domain: {
        ...{ instance_type: "r6g.large.search", instance_count: 3, volume_size_gib: 500, availability_zones: 3 },
        ...{ dedicated_master_type: "m6g.large.search" },
      },
      ...{ alarms: { actions: [TOPIC] }, dashboard: true, function_architecture: "x86_64" },
      index_cleanup: { schedule: "cron(0 3 * * ? *)", keep_days: 30 },
      archive_compaction: { schedule: "rate(1 hour)" },
    },
  ],
  elsewhere: ["logging-pipeline", { search_endpoint: "https://search.example.com", archive_bucket: "the-archive" }],
  archive: ["log-archive", {}],
  "access-logs": [
    "access-logs",
    {
      sources: { alb: { bucket: "lb-logs", notification: "queue", prefix: "alb/", format: "alb_access" } },
      search_endpoint: "https://search.example.com",
    },
  ],
  "firehose-s3": ["firehose-s3", { bucket: "records-of-applications", stream_name: "applications" }],
};

/** Of planned values: what other programs read is nothing that costs. */
const LONG = new Set(["policy", "assume_role_policy", "access_policies", "dashboard_body", "source_code_hash"]);

function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trimmed);
  if (value === null || typeof value !== "object") return value;
  const isKept = (each: unknown) => each !== null && (!Array.isArray(each) || each.length > 0);
  const kept = Object.entries(value).filter(([name, each]) => !LONG.has(name) && isKept(each));
  return Object.fromEntries(kept.map(([name, each]) => [name, trimmed(each)]));
}

interface PriorState {
  readonly values: { readonly root_module: { readonly resources: readonly { readonly type: string }[] } };
}

/** What Jest would do at the end. */
const ends: (() => unknown)[] = [];

/** The prior state has data sources, of which the region counts. */
const withRegionAlone = ({ values, ...state }: PriorState) => ({
  ...state,
  values: { root_module: { resources: values.root_module.resources.filter(({ type }) => type === "aws_region") } },
});

/** Of the inputs those that plans do not have as resources' values; null, their default, counts. */
function inputsOf(variables: object): object {
  const read = Object.entries(variables).filter(([name]) => /^index_(cleanup|replicas|retention_days)$/.test(name));
  return read.length === 0 ? {} : { variables: Object.fromEntries(read) };
}

async function make(): Promise<void> {
  Object.assign(globalThis, { afterAll: (end: () => unknown) => ends.push(end) });
  const { synthesizedStack } = await import("../../support/terraform");
  const asked = process.argv.slice(2);
  for (const [name, [stackName, given]] of Object.entries(PLANS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const stack = await synthesizedStack(stackName);
    try {
      const { format_version, terraform_version, variables, planned_values, prior_state } = (await stack.plan(
        given,
      )) as unknown as Record<"format_version" | "terraform_version" | "planned_values", unknown> & {
        variables: object;
        prior_state: PriorState;
      };
      const plan = { planned_values, prior_state: withRegionAlone(prior_state) };
      const inputs = inputsOf(variables);
      await writeFile(
        join(__dirname, `${name}.json`),
        `${JSON.stringify({ ...{ format_version, terraform_version }, ...inputs, ...Object(trimmed(plan)) }, undefined, 1)}\n`,
      );
    } catch (error) {
      process.exitCode = 1;
      console.error(name, String(error).slice(-2_000));
    } finally {
      await stack.remove();
    }
  }
  for (const end of ends) await end();
}

make();
