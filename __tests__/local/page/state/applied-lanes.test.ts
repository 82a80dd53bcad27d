import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appliedLanes } from "../../../../local/page/state/applied-lanes";
import { appliedStack, resourcesOfState } from "../../../../local/page/state/applied-resources";
// What Terraform has written, in a start with all lanes; of it what a lane is drawn from.
import states from "../../../support/applied-states.json";

const lanesOf = (state: keyof typeof states) => appliedLanes(resourcesOfState(states[state]));
const names = (nodes: readonly { kind: string; name: string }[]) => nodes.map(({ kind, name }) => `${kind} ${name}`);
const ARCHIVE = "logging-pipeline-archive-123456789012-eu-central-1";

describe("appliedLanes", () => {
  it("draws each log group's way from Terraform's state", () => {
    const lanes = lanesOf("logging-pipeline");
    expect(lanes.map(({ title, kind, isAlive }) => [title, kind, isAlive])).toEqual([
      ["bar", "log groups", true],
      ["baz", "log groups", true],
      ["foo", "log groups", true],
    ]);
    const [bar] = lanes;
    expect(bar).toMatchObject({
      id: "arn:aws:kinesis:eu-central-1:123456789012:stream/logging-pipeline_bar",
      sources: [{ kind: "log group", name: "bar", address: 'aws_cloudwatch_log_group.this["bar"]' }],
      stream: { kind: "stream", name: "logging-pipeline_bar", address: 'aws_kinesis_stream.this["bar"]' },
      function: { kind: "function", name: "logging-pipeline_bar", address: 'aws_lambda_function.forwarder["bar"]' },
      logGroups: ["bar"],
      archivedAs: ["bar", "logging-pipeline_bar"],
      indexPattern: "cwl-*-20*.*.*",
    });
    expect(names(bar!.destinations)).toEqual(["index cwl-*-20*.*.*", `archive ${ARCHIVE}`]);
  });

  it("draws access logs from their bucket, and no dead-letter queue", () => {
    const [lane, ...others] = lanesOf("access-logs");
    expect(others).toEqual([]);
    expect(lane).toMatchObject({ kind: "access logs", title: "local-access-logs", isAlive: true });
    // Their indices have the log groups' prefix.
    expect(lane!.documentsHave).toEqual({ field: "aws.s3.bucket.name", values: ["local-access-logs"] });
    expect(names([...lane!.sources, lane!.stream, lane!.function!, ...lane!.destinations])).toEqual([
      ...["bucket local-access-logs", "queue logging-pipeline-access-logs", "function logging-pipeline-access-logs"],
      ...["index cwl-*-20*.*.*", `bucket ${ARCHIVE}`],
    ]);
  });

  it("names a stream that many log groups share by the first of them", () => {
    const resources = resourcesOfState(states["logging-pipeline"]);
    const streamArn = "arn:aws:kinesis:eu-central-1:123456789012:stream/logging-pipeline_foo";
    const subscribed = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ logGroup: `/app/${n}`, streamArn }));
    const titleWith = (count: number) =>
      appliedLanes(resources, subscribed(count)).find(({ id }) => id === streamArn)?.title;
    expect([titleWith(2), titleWith(3)]).toEqual(["/app/0, /app/1, foo", "/app/0, /app/1 and 2 more"]);
  });

  it("draws both lanes of Firehose", () => {
    const [search] = lanesOf("firehose-search");
    expect(names([search!.stream, search!.function!, ...search!.destinations])).toEqual([
      ...["delivery stream local-firehose-search", "function local-firehose-transform"],
      ...["index applications*", "bucket local-applications"],
    ]);
    const [objects] = lanesOf("firehose-s3");
    expect(objects!.function).toBeUndefined();
    expect(names([objects!.stream, ...objects!.destinations])).toEqual([
      ...["delivery stream local-firehose-s3", "bucket local-applications"],
    ]);
  });

  it("draws what is there while Terraform applies the rest", () => {
    const resources = resourcesOfState(states["logging-pipeline"]);
    const without = (type: string) => resources.filter((one) => one.type !== type);
    expect(appliedLanes([])).toEqual([]);
    const [lane] = appliedLanes(without("aws_lambda_event_source_mapping"));
    expect(lane).toMatchObject({ title: "bar", isAlive: false, destinations: [] });
    expect(lane).not.toHaveProperty("function");
    const [stream] = appliedLanes(without("aws_cloudwatch_log_subscription_filter"));
    expect(stream).toMatchObject({ kind: "application", title: "logging-pipeline_bar", sources: [] });
  });

  it("knows log groups of an account's policy, which the state does not name", () => {
    const streamArn = "arn:aws:kinesis:eu-central-1:123456789012:stream/logging-pipeline_bar";
    const [lane] = appliedLanes(resourcesOfState(states["logging-pipeline"]), [
      { logGroup: "/app/new", streamArn },
      { logGroup: "bar", streamArn },
      { logGroup: "other", streamArn: "arn:of-another" },
    ]);
    expect(lane).toMatchObject({ logGroups: ["/app/new", "bar"], title: "/app/new, bar" });
  });
});

describe("appliedStack", () => {
  it("reads nothing of a stack that is not applied, or whose state is being written", async () => {
    const directory = mkdtempSync(join(tmpdir(), "state-"));
    try {
      const nothing = { resources: [], outputs: {} };
      expect(await appliedStack(directory)).toEqual(nothing);
      writeFileSync(join(directory, "terraform.tfstate"), '{"resources": [');
      expect(await appliedStack(directory)).toEqual(nothing);
      const state = { ...states["firehose-s3"], outputs: { name: { value: "a", type: "string" } } };
      writeFileSync(join(directory, "terraform.tfstate"), JSON.stringify(state));
      const { resources, outputs } = await appliedStack(directory);
      expect(resources).toHaveLength(2);
      expect(outputs).toEqual({ name: "a" });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
