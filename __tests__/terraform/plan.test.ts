import { PlanBatch } from "../support/plan-batch";
import {
  changesIn,
  keyAndRole,
  type ModulePlan,
  type PlannedResource,
  planned,
  warningsOf,
} from "../support/terraform";
import { countByType } from "./support/count-by-type";
import { MANY, POLICY_LIMITS } from "./support/many-log-groups";

jest.setTimeout(600_000);

const plans = new PlanBatch("logging-pipeline");

const changesByAddress = ({ resource_changes }: ModulePlan): Map<string, PlannedResource["change"]> =>
  new Map(resource_changes.map(({ address, change }) => [address, change]));

const defaults = {
  aws_kms_key: 1,
  aws_kms_alias: 1,
  aws_iam_role: 2,
  aws_iam_role_policy: 2,
  aws_opensearch_domain: 1,
  aws_cloudwatch_log_group: 6,
  aws_kinesis_stream: 3,
  aws_cloudwatch_log_subscription_filter: 3,
  aws_lambda_function: 3,
  aws_lambda_event_source_mapping: 3,
};

describe("the pipeline's plan", () => {
  const byDefault = plans.add({});

  it("adds the 25 resources of the default log groups, with addresses that can be read", async () => {
    const plan = await byDefault();

    expect(changesIn(plan)).toEqual({ create: 25 });
    expect(countByType(plan)).toEqual(defaults);
    expect(plan.resource_changes.map(({ address }) => address)).toEqual(
      expect.arrayContaining([
        'aws_kinesis_stream.this["foo"]',
        'aws_cloudwatch_log_group.this["bar"]',
        'aws_lambda_function.forwarder["baz"]',
        "aws_iam_role.logs_to_kinesis[0]",
        "aws_kms_key.this[0]",
        "aws_opensearch_domain.this[0]",
      ]),
    );
    expect(warningsOf(plan, "check.shards")).toEqual([
      expect.stringMatching(
        /^The indices of all log groups will have 93 shards, and the domain should carry 25: .*index/,
      ),
    ]);
    const shards = plan.resource_changes
      .filter(({ type }) => type === "aws_kinesis_stream")
      .map(({ index, change }) => [index, change.after.shard_count]);
    expect(Object.fromEntries(shards)).toEqual({ foo: 1, bar: 2, baz: 1 });
    const { outputs } = plan.planned_values;
    const outputsOf = (...names: string[]) => names.map((name) => outputs[name]!.value);
    expect(outputsOf("archive_bucket_name", "forwarder_role_name", "logs_to_kinesis_role_name")).toEqual([
      ...["logging-pipeline-archive-123456789012-eu-central-1", "logging-pipeline-eu-central-1-forwarder"],
      "logging-pipeline-eu-central-1-logs-to-kinesis",
    ]);
    expect(outputsOf("forwarder_log_group_names", "search_domain_log_group_names")).toEqual([
      {
        ...{ foo: "/aws/lambda/logging-pipeline_foo", bar: "/aws/lambda/logging-pipeline_bar" },
        baz: "/aws/lambda/logging-pipeline_baz",
      },
      {},
    ]);
    // Lambda's own default: Terraform would not take it back once it has been set.
    expect(planned(plan, 'aws_lambda_function.forwarder["foo"]').logging_config).toBeUndefined();
  });

  const ofOtherSearch = plans.add({ search_endpoint: "https://search.example.com" });

  it("creates no domain when search_endpoint is set", async () => {
    const plan = await ofOtherSearch();

    const { aws_opensearch_domain: _, ...rest } = defaults;
    expect(changesIn(plan)).toEqual({ create: 24 });
    expect(countByType(plan)).toEqual(rest);
    expect(warningsOf(plan, "check.shards")).toEqual([]);
    expect(plan.planned_values.outputs.search_endpoint).toMatchObject({ value: "https://search.example.com" });
    expect(plan.planned_values.outputs.dashboards_url?.value ?? null).toBeNull();
  });

  const target_stream_arn = "arn:aws:kinesis:us-east-1:210987654321:stream/app-logs";
  const target_stream_kms_key_arn = "arn:aws:kms:us-east-1:210987654321:key/1";
  const ofTargetStream = plans.add({ target_stream_arn, target_stream_kms_key_arn }, keyAndRole);

  it("creates no domain when target_stream_arn is set, and lets the functions put records into that stream alone", async () => {
    const plan = await ofTargetStream();

    expect(plan.resource_changes.filter(({ type }) => type === "aws_opensearch_domain")).toEqual([]);
    const [environment] = planned(plan, 'aws_lambda_function.forwarder["foo"]').environment as {
      variables: Record<string, string>;
    }[];
    expect(environment!.variables).toMatchObject({ TARGET_STREAM_ARN: target_stream_arn, SEARCH_ENDPOINT: "" });
    const policy = JSON.parse(planned(plan, "aws_iam_role_policy.forwarder[0]").policy as string);
    const statements: { Sid: string; Action: string | string[] }[] = policy.Statement;
    expect(statements.filter(({ Sid }) => Sid.endsWith("TargetStream"))).toEqual([
      { Sid: "PutIntoTargetStream", Effect: "Allow", Action: "kinesis:PutRecords", Resource: target_stream_arn },
      {
        ...{ Sid: "EncryptTargetStream", Effect: "Allow", Action: "kms:GenerateDataKey" },
        Resource: target_stream_kms_key_arn,
        Condition: { StringEquals: { "kms:ViaService": "kinesis.us-east-1.amazonaws.com" } },
      },
    ]);
    expect(statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith("es:")))).toEqual([]);
  });

  const targetBesideEndpoint = plans.addRejected({
    target_stream_arn,
    search_endpoint: "https://search.example.com",
  });
  const keyWithoutTarget = plans.addRejected({ target_stream_kms_key_arn });

  it("rejects a target stream beside a search endpoint, and its key without it", async () => {
    expect(await targetBesideEndpoint()).toEqual([expect.stringContaining("allowed is null when search_endpoint")]);
    expect(await keyWithoutTarget()).toEqual([expect.stringContaining("allowed is null unless target_stream_arn")]);
  });

  const ofUnknownRuntime = plans.addRejected({ log_groups: { foo: {} }, function_runtime: "nodejs24.x" });

  it("lets the provider of version 5 refuse the runtime that it does not know, which version 6 does", async () => {
    expect(await ofUnknownRuntime()).toEqual([
      expect.stringMatching(/^expected runtime to be one of .*"nodejs22.x".*, got nodejs24.x$/),
    ]);
  });

  const ofNoLogGroup = plans.add({ log_groups: {} });

  it("adds 7 resources for no log group", async () => {
    expect(changesIn(await ofNoLogGroup())).toEqual({ create: 7 });
  });

  const group = { shards: 1 };
  const ofTwo = plans.add({ log_groups: { a: group, "/b/c": group } });
  const ofThree = plans.add({ log_groups: { a: group, "/a/new/one": {}, "/b/c": group } });

  it("changes nothing of the other log groups when one is added", async () => {
    const [before, after] = [changesByAddress(await ofTwo()), changesByAddress(await ofThree())];

    const added = [...after.keys()].filter((address) => !before.has(address));
    expect(added).toHaveLength(6);
    expect(added.every((address) => address.endsWith('["/a/new/one"]'))).toBe(true);
    for (const [address, change] of before) {
      expect([address, after.get(address)]).toEqual([address, change]);
    }
  });

  const ofExisting = plans.add({ log_groups: { "/aws/lambda/thumbnails": { create: false } } });

  it("does not create an existing log group, and subscribes it", async () => {
    const plan = await ofExisting();

    expect(changesIn(plan)).toEqual({ create: 12 });
    const filter = planned(plan, 'aws_cloudwatch_log_subscription_filter.this["/aws/lambda/thumbnails"]');
    expect(filter.log_group_name).toBe("/aws/lambda/thumbnails");
  });

  const ofOnDemand = plans.add({ log_groups: { foo: { shards: 0 } } });

  it("creates an on-demand stream for 0 shards", async () => {
    const stream = planned(await ofOnDemand(), 'aws_kinesis_stream.this["foo"]');
    expect(stream.stream_mode_details).toEqual([{ stream_mode: "ON_DEMAND" }]);
    expect(stream.shard_count).toBeNull();
  });

  const names = Array.from({ length: MANY }, (_, index) => `/aws/ecs/service-${index}/${"x".repeat(200)}`);
  const ofMany = plans.add({ log_groups: Object.fromEntries(names.map((name) => [name, {}])) }, keyAndRole);
  const ofOne = plans.add({ log_groups: { foo: {} } }, keyAndRole);

  it(`plans ${MANY} log groups, with policies of the size that one has`, async () => {
    const [many, one] = [await ofMany(), await ofOne()];

    expect(many.resource_changes).toHaveLength(7 + 6 * MANY);
    for (const [address, attribute, limit] of POLICY_LIMITS) {
      const [policyOfMany, policyOfOne] = [many, one].map((plan) => String(planned(plan, address)[attribute]));
      expect([address, policyOfMany]).toEqual([address, policyOfOne]);
      expect([address, JSON.parse(policyOfMany!).Version, policyOfMany!.length <= limit]).toEqual([
        address,
        "2012-10-17",
        true,
      ]);
    }
  });
});
