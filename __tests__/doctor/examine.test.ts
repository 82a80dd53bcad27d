import { DOCTOR_CHECKS, type DoctorCheckName, type DoctorFinding } from "../../doctor/check-table";
import { PIPELINE_ALARMS } from "../../doctor/checks/alarms";
import { doctorJson, doctorText } from "../../doctor/report";
import { ApiError } from "../../search/api-error";
import { sourcesOf } from "./alarm-keys";
import {
  awsError,
  examinedPipeline,
  healthyEngine,
  mappingsOf,
  NOW_MS,
  type PipelineToBreak,
  ROLE_ARN,
  type SentCommand,
  streamArnOf,
} from "./pipeline";

const DENIED_BY_AWS = "User: anonymous is not authorized to perform: es:ESHttpGet";

/** How each check is broken, and what is then found. */
const BREAKAGES: Readonly<
  Record<
    Exclude<DoctorCheckName, "test-event">,
    readonly [breakIt: (pipeline: PipelineToBreak) => void, finding: Partial<DoctorFinding>, also?: DoctorCheckName]
  >
> = {
  streams: [
    ({ answers }) => {
      answers.ListStreamsCommand = () => ({ StreamNames: ["other"], HasMoreStreams: false });
    },
    { subject: "logs", command: "terraform output stream_names" },
  ],
  "stream-active": [
    ({ answers }) => {
      const healthy = answers.DescribeStreamSummaryCommand!;
      answers.DescribeStreamSummaryCommand = (input) => ({
        StreamDescriptionSummary: { ...Object(healthy(input)).StreamDescriptionSummary, StreamStatus: "DELETING" },
      });
    },
    { subject: "logs_shop", found: "it is DELETING" },
  ],
  "stream-throttled": [
    ({ metrics }) => {
      metrics.WriteProvisionedThroughputExceeded = 7;
    },
    {
      found: "7 writes were throttled in the last hour, with 2 shards",
      command: "npm run sizing -- --gb-per-day <n> --days <n> --current-shards 2",
    },
  ],
  "stream-silent": [
    ({ metrics }) => {
      metrics.IncomingRecords = undefined;
    },
    { subject: "logs_shop", found: "no record came in the last 24 hours" },
  ],
  "log-group": [
    ({ answers }) => {
      const healthy = answers.DescribeSubscriptionFiltersCommand!;
      answers.DescribeSubscriptionFiltersCommand = (input) =>
        input.logGroupName === "/aws/lambda/shop"
          ? {
              subscriptionFilters: [
                { destinationArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/logs-more_shop" },
              ],
            }
          : healthy(input);
    },
    { subject: "/aws/lambda/shop", found: "none of its 1 subscription filters goes to a stream logs_…" },
  ],
  function: [
    ({ answers }) => {
      answers.GetFunctionConfigurationCommand = () => {
        throw awsError("ResourceNotFoundException", 404);
      };
    },
    { subject: "logs_shop", found: "the stream has no function of its name" },
    "undrained",
  ],
  runtime: [
    ({ answers }) => {
      const healthy = answers.GetFunctionConfigurationCommand!;
      answers.GetFunctionConfigurationCommand = (input) => ({ ...Object(healthy(input)), Runtime: "nodejs20.x" });
    },
    { found: "AWS supports nodejs20.x until 2026-04-30" },
  ],
  mapping: [
    ({ answers }) => {
      answers.ListEventSourceMappingsCommand = () => ({ EventSourceMappings: [] });
    },
    { found: "it has no event source mapping", command: "terraform apply" },
    "undrained",
  ],
  "mapping-enabled": [
    ({ answers }) => {
      answers.ListEventSourceMappingsCommand = mappingsOf({ State: "Disabled", LastModified: new Date(NOW_MS) });
    },
    {
      found: "its event source mapping is Disabled since 2026-11-28T10:00:00.000Z",
      command: "aws lambda update-event-source-mapping --uuid uuid-1 --enabled",
    },
  ],
  undrained: [
    ({ answers, metrics }) => {
      const healthy = answers.DescribeSubscriptionFiltersCommand!;
      answers.DescribeSubscriptionFiltersCommand = (input) =>
        input.logGroupName === "shop"
          ? { subscriptionFilters: [{ destinationArn: streamArnOf("logs_apps") }] }
          : healthy(input);
      metrics.IteratorAge = 5 * 60_000;
    },
    {
      subject: "logs_shop",
      found: "no log group delivers to it any more, and its function still reads records that are 5 min old",
    },
  ],
  "mapping-result": [
    ({ answers }) => {
      answers.ListEventSourceMappingsCommand = mappingsOf({ LastProcessingResult: "PROBLEM: Function call failed" });
    },
    { found: "PROBLEM: Function call failed", command: "aws logs tail /aws/lambda/logs_shop --since 1h" },
  ],
  "iterator-age": [
    ({ metrics }) => {
      metrics.IteratorAge = 20 * 60_000;
    },
    { found: "it reads records that are 20 minutes old" },
  ],
  "function-errors": [
    ({ metrics, answers }) => {
      metrics.Errors = 3;
      const line = (error: string) => JSON.stringify({ error, errorCode: "UNREACHABLE" });
      answers.FilterLogEventsCommand = ({ nextToken }) =>
        nextToken
          ? { events: [{ timestamp: 2, message: line("the later one") }] }
          : { events: [{ timestamp: 1, message: line("the earlier one") }], nextToken: "next" };
    },
    { found: "3 invocations failed in the last hour; the last error: UNREACHABLE: the later one" },
  ],
  alarms: [
    ({ answers }) => {
      const alarms = ["logs-more-iterator-age", "logs-iterator-age"];
      answers.DescribeAlarmsCommand = ({ NextToken }) =>
        NextToken
          ? { MetricAlarms: alarms.map((AlarmName) => ({ AlarmName, StateReason: "Threshold Crossed" })) }
          : { MetricAlarms: [], NextToken: "next" };
    },
    { subject: "logs-iterator-age", found: "it is in ALARM: Threshold Crossed" },
  ],
  archive: [
    ({ answers }) => {
      answers.HeadBucketCommand = () => {
        throw awsError("NotFound", 404);
      };
    },
    { subject: "logs-archive", found: "S3 answers 404 NotFound" },
  ],
  "archive-writable": [
    ({ iam }) => {
      iam["kms:GenerateDataKey"] = "implicitDeny";
    },
    {
      found: expect.stringMatching(
        /^the role arn:.*-forwarder is not allowed kms:GenerateDataKey on arn:aws:kms:/,
      ) as unknown as string,
    },
  ],
  undelivered: [
    ({ answers }) => {
      answers.ListObjectsV2Command = () => ({ Contents: [{ Key: "aws/lambda/uuid/shard/file" }] });
    },
    { command: "npm run replay -- --bucket logs-archive --kind undelivered --from <time> --to <time>" },
  ],
  "role-iam": [
    ({ iam }) => {
      iam["es:ESHttpPost"] = "explicitDeny";
    },
    { found: "it is denied es:ESHttpPost on arn:aws:es:eu-central-1:123456789012:domain/logs/_bulk by a policy" },
  ],
  "role-mapping": [
    ({ engine }) => {
      engine["/_plugins/_security/api/rolesmapping"]!.body = { own_index: { users: ["*"] } };
    },
    {
      ...{ subject: ROLE_ARN, found: "it is mapped to no role of the domain" },
      command: `npm run search -- setup --index-settings <file> --search-endpoint <url> --writer ${ROLE_ARN}`,
    },
  ],
  "search-reachable": [
    ({ engine }) => {
      Object.defineProperty(engine, "/_cluster/health", {
        get() {
          throw new ApiError("https://search.example.com does not answer: ECONNREFUSED.", undefined);
        },
      });
    },
    { subject: "https://search.example.com", found: "https://search.example.com does not answer: ECONNREFUSED." },
  ],
  "search-iam": [
    ({ engine }) => {
      engine["/_cluster/health"] = { status: 403, body: { Message: DENIED_BY_AWS } };
    },
    { found: `403: ${DENIED_BY_AWS}`, command: "aws sts get-caller-identity" },
  ],
  "search-role": [
    ({ engine }) => {
      const reason = "no permissions for [cluster:monitor/health] and User [name=arn:aws:iam::123456789012:role/me]";
      engine["/_cluster/health"] = {
        status: 403,
        body: { error: { type: "security_exception", reason }, status: 403 },
      };
    },
    { found: expect.stringMatching(/^403: no permissions for \[cluster/) as unknown as string },
  ],
  "cluster-health": [
    ({ engine }) => {
      engine["/_cluster/health"]!.body = { status: "yellow", active_shards: 40, unassigned_shards: 3 };
    },
    { found: "it is yellow: 3 shards are on no node" },
  ],
  disk: [
    ({ engine }) => {
      engine["/_cat/allocation"]!.body = [{ node: "a", "disk.percent": "86" }, { node: "UNASSIGNED" }];
    },
    { found: "a has used 86 % of its disk" },
  ],
  shards: [
    ({ engine }) => {
      engine["/_cluster/health"]!.body = { status: "green", active_shards: 51 };
    },
    { found: "it has 51 shards, and its heap should carry 50" },
  ],
  template: [
    ({ engine }) => {
      delete engine["/_index_template/logs"];
    },
    { found: "there is no index template logs" },
  ],
  "template-contents": [
    ({ engine }) => {
      const [entry] = Object(engine["/_index_template/logs"]!.body).index_templates;
      entry.index_template.template.settings["index.codec"] = "default";
    },
    {
      found:
        'index template logs differs: - template.settings.index.codec: "default"; + template.settings.index.codec: "best_compression"',
    },
  ],
  lifecycle: [
    ({ engine }) => {
      delete engine["/_plugins/_ism/policies/logs"];
    },
    { found: "there is no lifecycle policy logs (ism)" },
  ],
  "lifecycle-contents": [
    ({ engine }) => {
      const { policy } = Object(engine["/_plugins/_ism/policies/logs"]!.body);
      policy.states[0].transitions[0].conditions.min_index_age = "1h";
    },
    {
      found: expect.stringMatching(
        /^lifecycle policy logs \(ism\) differs: - .*min_index_age: "1h"; \+ /,
      ) as unknown as string,
    },
  ],
};

describe("the doctor", () => {
  it("finds nothing about a healthy pipeline", async () => {
    const report = await examinedPipeline();
    expect(report).toEqual({ name: "logs", streams: 1, findings: [], unchecked: [] });
    expect(doctorText(report)).toBe("Nothing is wrong with logs, 1 stream.");
    expect(doctorJson(report)).toMatchObject({ isHealthy: true, findings: [] });
  });

  it("has a breakage of each check in this test", () => {
    // That of a test event is in its own test.
    expect([...Object.keys(BREAKAGES), "test-event"].toSorted()).toEqual(Object.keys(DOCTOR_CHECKS).toSorted());
  });

  it.each(Object.entries(BREAKAGES))(
    "finds what is broken, and nothing else: %s",
    async (check, [breakIt, finding, also]) => {
      const { findings, unchecked } = await examinedPipeline(breakIt);
      // Whether there is a stream or a function decides what else can be looked at.
      const [first, ...others] = findings;
      expect(first).toEqual(expect.objectContaining({ check, ...finding }));
      expect(others.map((other) => other.check)).toEqual(also ? [also] : []);
      expect(unchecked).toEqual([]);
    },
  );

  it("finds a log group that does not exist", async () => {
    const { findings } = await examinedPipeline(({ answers }) => {
      // A longer name begins with it.
      answers.DescribeLogGroupsCommand = () => ({
        logGroups: [{ logGroupName: "/aws/lambda/shop-2" }, { logGroupName: "shop" }],
      });
    });
    expect(findings).toMatchObject([{ check: "log-group", found: "it does not exist" }]);
  });

  it("finds functions that cannot run, and streams without a mapping", async () => {
    const failed = await examinedPipeline(({ answers }) => {
      const state = { State: "Failed", StateReason: "no key", LastUpdateStatus: "Failed" };
      answers.GetFunctionConfigurationCommand = () => state;
      answers.ListEventSourceMappingsCommand = () => ({ EventSourceMappings: [] });
    });
    expect(failed.findings.filter(({ check }) => check !== "undrained").map(({ found }) => found)).toEqual([
      "it is Failed: no key",
      "its last update failed: no reason is given",
      "it has no event source mapping",
    ]);
  });

  it.each(["/_opendistro/_ism/policies/logs", "/_ilm/policy/logs"])("knows the policies of %s", async (path) => {
    const { findings, unchecked } = await examinedPipeline(({ engine }) => {
      Object.assign(engine, healthyEngine(path));
    });
    expect([findings, unchecked]).toEqual([[], []]);
  });

  it("says what could not be checked, and checks all else", async () => {
    const report = await examinedPipeline(({ answers, metrics }) => {
      metrics.IncomingRecords = 0;
      answers.DescribeAlarmsCommand = () => {
        throw awsError("AccessDenied", 403);
      };
    });
    expect(report.findings).toMatchObject([{ check: "stream-silent" }]);
    expect(report.unchecked).toEqual([
      { checks: ["alarms"], subject: "logs", reason: "AccessDenied", needs: "cloudwatch:DescribeAlarms" },
    ]);
    expect(doctorText(report)).toMatch(
      /^Could not check alarms: logs: AccessDenied\n {2}Needs: cloudwatch:DescribeAlarms\n1 finding about logs, 1 stream; not all could be checked\.$/m,
    );
  });

  it("never takes for healthy what a function's variables would tell", async () => {
    const denied = await examinedPipeline(({ answers }) => {
      answers.GetFunctionConfigurationCommand = () => {
        throw awsError("AccessDeniedException", 403);
      };
    });
    const needs = "lambda:GetFunctionConfiguration";
    expect(denied.findings).toEqual([]);
    expect(denied.unchecked).toContainEqual({
      ...{ checks: ["archive", "undelivered"], subject: "the archive bucket", needs },
      reason: "the function logs_shop is not known: AccessDeniedException",
    });
    const notDecrypted = await examinedPipeline(({ answers }) => {
      const healthy = answers.GetFunctionConfigurationCommand!;
      const Environment = { Error: { ErrorCode: "AccessDeniedException", Message: "no kms:Decrypt" } };
      answers.GetFunctionConfigurationCommand = (input) => ({ ...Object(healthy(input)), Environment });
    });
    expect(notDecrypted.unchecked).toContainEqual(
      expect.objectContaining({ checks: ["archive", "undelivered"], needs: "kms:Decrypt" }),
    );
  });

  it("says once what it may not ask of many streams", async () => {
    const report = await examinedPipeline(({ answers }) => {
      answers.ListStreamsCommand = () => ({ StreamNames: ["logs_shop", "logs_shop-2"] });
      answers.GetMetricStatisticsCommand = () => {
        throw awsError("AccessDenied", 403);
      };
    });
    expect(doctorText(report)).toContain(
      "Could not check iterator-age: logs_shop and 1 more: AccessDenied\n  Needs: cloudwatch:GetMetricStatistics\n",
    );
  });

  it("tells each finding with its cause and its command", async () => {
    const report = await examinedPipeline(BREAKAGES["mapping-enabled"][0]);
    expect(doctorText(report)).toBe(
      "mapping-enabled: logs_shop: its event source mapping is Disabled since 2026-11-28T10:00:00.000Z\n" +
        `  Cause: ${DOCTOR_CHECKS["mapping-enabled"].cause}.\n` +
        "  Command: aws lambda update-event-source-mapping --uuid uuid-1 --enabled\n" +
        "1 finding about logs, 1 stream.",
    );
    expect(doctorJson(report)).toMatchObject({
      isHealthy: false,
      findings: [{ cause: DOCTOR_CHECKS["mapping-enabled"].cause }],
    });
  });

  it("only reads", async () => {
    const sent: SentCommand[] = [];
    await examinedPipeline(BREAKAGES["function-errors"][0], { sent });
    expect(sent.length).toBeGreaterThan(10);
    for (const { command } of sent) expect(command).toMatch(/^(List|Describe|Get|Head|Filter)/);
  });

  it("asks for metrics of the pipeline's own streams and functions", async () => {
    const sent: SentCommand[] = [];
    await examinedPipeline(undefined, { sent });
    const asked = sent.filter(({ command }) => command === "GetMetricStatisticsCommand").map(({ input }) => input);
    expect(asked.map(({ Namespace, MetricName, Dimensions }) => [Namespace, MetricName, Dimensions])).toEqual([
      ["AWS/Kinesis", "WriteProvisionedThroughputExceeded", [{ Name: "StreamName", Value: "logs_shop" }]],
      ["AWS/Kinesis", "IncomingRecords", [{ Name: "StreamName", Value: "logs_shop" }]],
      ["AWS/Lambda", "IteratorAge", [{ Name: "FunctionName", Value: "logs_shop" }]],
      ["AWS/Lambda", "Errors", [{ Name: "FunctionName", Value: "logs_shop" }]],
    ]);
    // CloudWatch gives up to 1,440 values.
    for (const { StartTime, EndTime, Period } of asked) {
      expect((Number(EndTime) - Number(StartTime)) / 1_000 / Number(Period)).toBeLessThanOrEqual(1_440);
    }
  });

  it("knows all alarms of the module", () => {
    expect(PIPELINE_ALARMS.toSorted()).toEqual(sourcesOf("delivery", "domain").toSorted());
  });
});
