import fc from "fast-check";
import { usageOf } from "../../cost/model/bill";
import { DEFAULT_WORKLOAD } from "../../cost/model/workload";
import { deploymentOf } from "../../cost/plan/deployment-of";
import { readResources } from "../../cost/plan/resources";
import { runsPerMonth } from "../../cost/plan/schedules";
import { plannedDeployment } from "./plans/read";

const errorsOf = (json: string): string[] => {
  const errors: string[] = [];
  expect(readResources(json, errors)).toBeUndefined();
  return errors;
};

/** What a plan with these resources deploys. */
function deployed(resources: readonly object[], more: object = {}, module: object = {}) {
  const errors: string[] = [];
  const plan = { format_version: "1.2", planned_values: { root_module: { resources, ...module } }, ...more };
  const read = readResources(JSON.stringify(plan), errors);
  expect(errors).toEqual([]);
  return deploymentOf(read!);
}

describe("a plan by Terraform", () => {
  it("of the defaults has three streams, their functions, log groups and a domain of one node", () => {
    const deployment = plannedDeployment("defaults");
    expect(deployment).toMatchObject({
      region: "eu-central-1",
      streams: [
        { name: "logging-pipeline_bar", shards: 2, retentionHours: 24, isEncrypted: true, consumers: 0 },
        { shards: 1 },
        { shards: 1 },
      ],
      batching: { size: 1_000, windowSeconds: 5, parallelization: 1 },
      domains: [
        {
          nodes: [{ what: "data nodes", instanceType: "t3.small.search", count: 1 }],
          ...{ volumeGb: 10, volumeType: "gp3", zones: 1, isInVpc: false },
        },
      ],
      ...{ keys: 1, alarmMetrics: 0, dashboards: 0, notIncluded: [] },
    });
    expect(deployment.lifecycle).toBeUndefined();
    expect(deployment.functions.map(({ kind, memoryMib, isArm }) => [kind, memoryMib, isArm])).toEqual(
      Array.from({ length: 3 }, () => ["forwarder", 512, true]),
    );
    expect(deployment.logGroups.map(({ name, isOwn }) => [name, isOwn])).toEqual([
      ["/aws/lambda/logging-pipeline_bar", true],
      ["/aws/lambda/logging-pipeline_baz", true],
      ["/aws/lambda/logging-pipeline_foo", true],
      ...["bar", "baz", "foo"].map((name) => [name, false]),
    ]);
  });

  it("of a large pipeline has masters, an on-demand stream, alarms, a dashboard and scheduled functions", () => {
    const deployment = plannedDeployment("large");
    expect(deployment).toMatchObject({
      streams: [
        { name: "large_all", shards: 4, retentionHours: 72 },
        { name: "large_burst", shards: 0 },
      ],
      domains: [{ nodes: [{ count: 3 }, { instanceType: "m6g.large.search", count: 3 }], volumeGb: 1_500, zones: 3 }],
      dashboards: 1,
      notIncluded: [],
    });
    expect(deployment.alarmMetrics).toBeGreaterThan(20);
    expect(deployment.functions[0]).toMatchObject({
      kind: "archive-compaction",
      isArm: false,
      memoryMib: 1_769,
      runsPerMonth: 730,
    });
    expect(deployment.functions.at(-1)).toMatchObject({ kind: "index-cleanup", runsPerMonth: 730 / 24 });
  });

  it("of the other stacks has their lanes and their bucket", () => {
    expect(plannedDeployment("archive").lifecycle).toEqual({ transition: { days: 30, storageClass: "STANDARD_IA" } });
    expect(plannedDeployment("access-logs").functions).toMatchObject([{ kind: "access-logs" }]);
    expect(plannedDeployment("firehose-s3").firehoses).toMatchObject([{ bufferingSeconds: 300, bufferingMib: 128 }]);
    expect(plannedDeployment("elsewhere").functions[0]!.variables).toMatchObject({
      SEARCH_ENDPOINT: "https://search.example.com",
    });
  });
});

describe("a schedule", () => {
  it.each<[string, number | undefined]>([
    ["rate(1 hour)", 730],
    ["rate(15 minutes)", 2_920],
    ["rate(2 days)", 730 / 48],
    ["cron(0 3 * * ? *)", 730 / 24],
    ["cron(0/15 * * * ? *)", 2_920],
    ["cron(0 6,18 * * ? *)", 730 / 12],
    ["cron(30 8-17 ? * MON-FRI *)", (730 / 24 / 7) * 10],
    ["cron(0 4 1 * ? 2026)", 730 / 24 / 31],
    ["at(2026-11-28T00:00:00)", 0],
    ["rate(0 hours)", undefined],
    ["rate(1 week)", undefined],
    ["cron(* * *)", undefined],
    ["", undefined],
  ])("%s runs %s times a month", (expression, runs) => {
    const found = runsPerMonth(expression);
    if (runs === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(runs, 6);
  });
});

describe("what is no plan", () => {
  it.each([
    ["", /^it is no JSON\. Allowed: what `terraform show -json <plan file>` prints/],
    ["PK\u0003\u0004", /^it is no JSON, but a plan file itself\./],
    ["[]", /format_version is missing/],
    ["null", /format_version is missing/],
    ['{"AWSTemplateFormatVersion": "2010-09-09"}', /format_version is missing/],
    ['{"format_version": "1.2", "errored": true}', /^it is a plan that failed\./],
    ['{"format_version": "1.0", "provider_schemas": {}}', /has no planned_values/],
    ['{"format_version": "1.2", "planned_values": {}}', /has no planned_values/],
    [
      '{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"type": 1}]}}}',
      /no address or no type/,
    ],
  ])("is rejected: %s", (json, error) => {
    expect(errorsOf(json)).toEqual([expect.stringMatching(error)]);
  });

  it("is rejected where modules nest without end", () => {
    let module: object = {};
    for (let depth = 0; depth < 60; depth++) module = { child_modules: [module] };
    expect(errorsOf(JSON.stringify({ format_version: "1.2", planned_values: { root_module: module } }))).toEqual([
      expect.stringMatching(/deeper than 50/),
    ]);
  });
});

describe("other plans", () => {
  const stream = (address: string, values: object) => ({ address, type: "aws_kinesis_stream", name: "this", values });

  it("have resources in modules, instances by count, and the region of a state", () => {
    const child = { resources: [stream('module.logs["eu"].aws_kinesis_stream.this[1]', { shard_count: 3 })] };
    const read = deployed(
      [
        {
          address: "data.aws_region.here",
          mode: "data",
          type: "aws_region",
          name: "here",
          values: { name: "us-west-2" },
        },
      ],
      {},
      { child_modules: [{ child_modules: [child] }] },
    );
    expect(read).toMatchObject({ region: "us-west-2", streams: [{ shards: 3 }] });
    const state = JSON.stringify({ format_version: "1.0", values: { root_module: child } });
    expect(deploymentOf(readResources(state, [])!).streams).toMatchObject([{ shards: 3 }]);
  });

  it("have values that only the apply knows, or of other types, which are AWS's defaults", () => {
    const { streams } = deployed([
      stream("aws_kinesis_stream.a", {}),
      stream("aws_kinesis_stream.b", { shard_count: "4", retention_period: -1 }),
    ]);
    expect(streams).toMatchObject([{ shards: 1 }, { shards: 1, retentionHours: 24 }]);
  });

  it("have consumers with enhanced fan-out, each of its own stream", () => {
    const consumer = (name: string, values: object) => ({
      ...{ address: `aws_kinesis_stream_consumer.${name}`, type: "aws_kinesis_stream_consumer", name, values },
    });
    const [a, b] = ["a", "b"].map((name) => stream(`aws_kinesis_stream.${name}`, { name, shard_count: 2 }));
    const arn = "arn:aws:kinesis:us-east-1:123456789012:stream/b";
    const { streams } = deployed([a!, b!, consumer("one", { stream_arn: arn }), consumer("two", { stream_arn: arn })]);
    expect(streams).toMatchObject([{ consumers: 0 }, { consumers: 2 }]);
    // The apply alone knows the ARN of a stream that it makes; there is one only.
    const planned = deployed([a!, consumer("one", {})]);
    expect(planned.streams).toMatchObject([{ consumers: 1 }]);
    const used = usageOf(planned, { ...DEFAULT_WORKLOAD, logGbPerDay: 10 });
    const quantityOf = (what: string) => used.find((usage) => usage.what === what)!.quantity;
    expect(quantityOf("consumers with enhanced fan-out, shards")).toBe(2 * 730);
    expect(quantityOf("consumers with enhanced fan-out, data")).toBeCloseTo((10 * 0.3 * 730) / 24, 6);
    expect(planned.notIncluded).toEqual([]);
  });

  it("have resources that the model does not know, which are named", () => {
    const { notIncluded } = deployed([
      { address: "aws_nat_gateway.a", type: "aws_nat_gateway", name: "a", values: {} },
      { address: "aws_lambda_function.other", type: "aws_lambda_function", name: "other", values: {} },
      { address: "aws_lambda_function.audit[0]", type: "aws_lambda_function", name: "audit", values: {} },
      {
        address: "aws_opensearch_domain.d",
        type: "aws_opensearch_domain",
        name: "d",
        values: { ebs_options: [{ ebs_enabled: true, volume_type: "io2", volume_size: 9, iops: 9_000 }] },
      },
      {
        address: "aws_s3_bucket_lifecycle_configuration.l",
        type: "aws_s3_bucket_lifecycle_configuration",
        name: "l",
        values: { rule: [{ status: "Enabled", transition: [{ days: 1, storage_class: "DEEP_ARCHIVE" }] }] },
      },
    ]);
    expect(notIncluded.map(([address, reason]) => `${address}: ${reason}`)).toEqual([
      "aws_nat_gateway.a: this command knows nothing about aws_nat_gateway",
      "aws_lambda_function.other: a function of another module: how often it runs is not known",
      "aws_lambda_function.audit[0]: its runs: the plan has no schedule that is understood",
      "aws_opensearch_domain.d: its nodes: the plan does not know their type yet",
      "aws_opensearch_domain.d: volumes of this type",
      "aws_opensearch_domain.d: IOPS and throughput beyond what comes with a gp3 volume",
      "aws_s3_bucket_lifecycle_configuration.l: no price of DEEP_ARCHIVE: what is there counts as S3 Standard",
    ]);
  });

  it("are read or rejected, whatever JSON they are", () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (values, resource) => {
        const errors: string[] = [];
        for (const json of [
          values,
          `{"format_version":"1.2","planned_values":${values}}`,
          `{"format_version":"1.2","planned_values":{"root_module":{"resources":[${resource}],"child_modules":[${values}]}}}`,
        ]) {
          const read = readResources(json, errors);
          if (read) deploymentOf(read);
        }
      }),
    );
  });

  it("of a module tells its inputs by the call, and a state by the functions' variables", () => {
    const resources = [
      { address: 'module.a["x.y"].module.logs.aws_lambda_function.forwarder["f"]', type: "aws_lambda_function" },
      { address: 'module.a["x.y"].module.logs.aws_opensearch_domain.this[0]', type: "aws_opensearch_domain" },
    ].map((each) => ({ ...each, name: "forwarder" }));
    const indicesBy = (expressions: object | undefined) => {
      const logs = { module: {}, ...(expressions && { expressions }) };
      const configuration = { root_module: { module_calls: { a: { module: { module_calls: { logs } } } } } };
      return deployed(resources, { configuration }).indices;
    };
    expect(indicesBy({ index_retention_days: { constant_value: 14 }, index_replicas: { constant_value: 2 } })).toEqual({
      ...{ days: 14, replicas: 2 },
    });
    expect(indicesBy({ index_retention_days: { constant_value: null } })).toEqual({ days: 30, replicas: 1 });
    expect(indicesBy(undefined)).toEqual({ days: 30, replicas: 1 });
    // What a variable becomes in an expression, nobody tells.
    expect(indicesBy({ index_retention_days: { references: ["var.days"] } })).toEqual({ replicas: 1 });
    expect(deployed(resources).indices).toEqual({});
    const variables = { INDEX_RETENTION_DAYS: "7", INDEX_REPLICAS: "0" };
    const [forwarder, domain] = resources;
    const values = { environment: [{ variables }] };
    expect(deployed([{ ...forwarder, values }, domain!]).indices).toEqual({ days: 7, replicas: 0 });
    const cleanup = {
      ...{ address: "aws_lambda_function.index_cleanup[0]", type: "aws_lambda_function", name: "index_cleanup" },
      values: { environment: [{ variables: { KEEP_DAYS: "5" } }] },
    };
    expect(deployed([{ ...forwarder, values }, cleanup]).indices.days).toBe(5);
  });
});
