import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { EVENT_COLUMNS, EVENTS_SQL } from "../../core/settings/archive-table";
import { AccessLogs, ArchiveQueries, FirehoseS3, FirehoseSearch, LogArchive, LoggingPipeline } from "../../modules";
import {
  account,
  initializedStack,
  type PlannedResource,
  region,
  type StackPlan,
  type SynthesizedStack,
} from "../support/terraform";

jest.setTimeout(300_000);

const filterPattern = '{ ($.level = "ERROR") && ($.path != "C:\\\\temp") } ${x} %{y}';
let stack: SynthesizedStack;
let plan: StackPlan;

beforeAll(async () => {
  const outdir = await mkdtemp(join(tmpdir(), "library-"));
  const app = new App({ outdir });
  const someones = new TerraformStack(app, "someones");
  new AwsProvider(someones, "aws");
  new LocalBackend(someones, { path: "terraform.tfstate" });
  const days = new TerraformVariable(someones, "days", { type: "number", default: 7 });
  const pipeline = new LoggingPipeline(someones, "logs", {
    name: "shop",
    tags: { team: "shop" },
    logGroups: { "/app/checkout": { filterPattern, retentionInDays: days.numberValue }, foo: { shards: 0 } },
    searchDomain: { instanceCount: 2, availabilityZones: 2 },
    vpc: { subnetIds: ["subnet-00000001", "subnet-00000002"], securityGroupIds: ["sg-00000001"] },
  });
  new LogArchive(someones, "archive", { name: "shop" });
  new ArchiveQueries(someones, "queries", { name: "shop", archivePrefix: "logs/" });
  const { searchEndpoint, searchDomainArn } = pipeline.outputs;
  new AccessLogs(someones, "access-logs", {
    name: "shop",
    searchEndpoint,
    searchDomainArn,
    sources: { alb: { bucket: "alb-logs", notification: "queue", prefix: "AWSLogs/" } },
  });
  new FirehoseSearch(someones, "firehose-search", { name: "shop", searchDomainArn });
  new FirehoseS3(someones, "firehose-s3", { streamName: "shop-raw", bucket: "shop-logs", role: "firehose" });
  app.synth();
  stack = await initializedStack(join(outdir, "stacks", "someones"), () =>
    rm(outdir, { recursive: true, force: true }),
  );
  plan = await stack.plan();
});

afterAll(() => stack?.remove());

/** By name in AWS, sorted. */
const named = (type: string) =>
  plan.resource_changes
    .filter((each) => each.type === type)
    .map(({ change }) => change.after)
    .sort((a, b) => (String(a?.name) < String(b?.name) ? -1 : 1));

const ofType = (type: string): Readonly<Record<string, PlannedResource["change"]["after"]>> =>
  Object.fromEntries(
    plan.resource_changes.filter((each) => each.type === type).map(({ index, change }) => [index, change.after]),
  );

describe("the constructs in someone's own CDKTF app", () => {
  it("plan as many resources as the stacks do", () => {
    expect(plan.summary).toBe(`Plan: ${7 + 6 * 2 + 7 + 9 + 1 + 10 + 3 + 18} to add, 0 to change, 0 to destroy.`);
  });

  it("pass on each value as given, and the defaults", () => {
    expect(ofType("aws_cloudwatch_log_subscription_filter")["/app/checkout"]?.filter_pattern).toBe(filterPattern);
    expect(ofType("aws_cloudwatch_log_group")["/app/checkout"]).toMatchObject({
      name: "/app/checkout",
      retention_in_days: 7,
      tags: { team: "shop" },
    });
    expect(ofType("aws_kinesis_stream")).toMatchObject({
      foo: { name: "shop_foo", stream_mode_details: [{ stream_mode: "ON_DEMAND" }] },
      "/app/checkout": { shard_count: 1 },
    });
    expect(Object.values(ofType("aws_s3_bucket_notification"))).toMatchObject([
      { bucket: "alb-logs", queue: [{ events: ["s3:ObjectCreated:*"], filter_prefix: "AWSLogs/" }] },
    ]);
    expect(Object.values(ofType("aws_opensearch_domain"))).toMatchObject([
      {
        domain_name: "shop",
        cluster_config: [{ instance_count: 2, zone_awareness_config: [{ availability_zone_count: 2 }] }],
      },
    ]);
  });

  it("plan a table of the archive's hours, and the view in the form in which Athena keeps views", () => {
    const [archived, events] = named("aws_glue_catalog_table");
    expect(archived).toMatchObject({
      ...{ name: "archived", database_name: "shop_archive", table_type: "EXTERNAL_TABLE" },
      parameters: {
        "projection.hour.range": "2026/01/01/00,NOW",
        "storage.location.template": `s3://shop-archive-${account}-${region}/logs/archive/\${hour}/`,
      },
      storage_descriptor: [{ location: `s3://shop-archive-${account}-${region}/logs/archive/` }],
    });

    const [, encoded] = /^\/\* Presto View: (\S+) \*\/$/.exec(String(events?.view_original_text))!;
    const columns = Object.entries(EVENT_COLUMNS);
    expect(JSON.parse(Buffer.from(encoded!, "base64").toString())).toEqual({
      originalSql: EVENTS_SQL,
      catalog: "awsdatacatalog",
      schema: "shop_archive",
      columns: columns.map(([name, { trino }]) => ({ name, type: trino })),
    });
    expect(events).toMatchObject({
      ...{ name: "events", table_type: "VIRTUAL_VIEW", view_expanded_text: "/* Presto View */" },
      parameters: { presto_view: "true" },
      storage_descriptor: [{ columns: columns.map(([name, { hive }]) => ({ name, type: hive })) }],
    });
  });
});
