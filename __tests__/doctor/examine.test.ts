import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DOCTOR_CHECKS } from "../../doctor/check-table";
import { PIPELINE_ALARMS } from "../../doctor/checks/alarms";
import { doctorJson, doctorText } from "../../doctor/report";
import { code, markdownTable } from "../../tools/text/markdown-table";
import { sourcesOf } from "./alarm-keys";
import { BREAKAGES, BROKEN } from "./breakages";
import { awsError, examinedPipeline, functionWith, healthyEngine, type SentCommand } from "./pipeline";

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

  it("finds what docs/doctor.md says of each breakage", async () => {
    const rows = Object.entries(BREAKAGES).map(async ([check, [breakIt]]) => {
      const [finding] = (await examinedPipeline(breakIt)).findings;
      return [code(check), BROKEN[check as keyof typeof BROKEN], `${finding!.subject}: ${finding!.found}`];
    });
    const table = markdownTable(["Check", "What a test breaks", "What the doctor finds"], await Promise.all(rows));
    expect(readFileSync(join(__dirname, "../../docs/doctor.md"), "utf8")).toContain(table);
  });

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
      ...{ checks: ["archive", "undelivered", "dead-lettered", "rejected"], subject: "the archive bucket", needs },
      reason: "the function logs_shop is not known: AccessDeniedException",
    });
    const notDecrypted = await examinedPipeline(({ answers }) => {
      const healthy = answers.GetFunctionConfigurationCommand!;
      const Environment = { Error: { ErrorCode: "AccessDeniedException", Message: "no kms:Decrypt" } };
      answers.GetFunctionConfigurationCommand = (input) => ({ ...Object(healthy(input)), Environment });
    });
    expect(notDecrypted.unchecked).toContainEqual(
      expect.objectContaining({
        checks: ["archive", "undelivered", "dead-lettered", "rejected"],
        needs: "kms:Decrypt",
      }),
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

  it("lists a bounded number of quarantined objects", async () => {
    const { findings } = await examinedPipeline(({ answers }) => {
      answers.ListObjectsV2Command = ({ Prefix, ContinuationToken = "0" }) => ({
        Contents: Array.from({ length: 1_000 }, (_, n) => ({ Key: `${Prefix}${ContinuationToken}-${n}` })),
        ...{ IsTruncated: true, NextContinuationToken: String(Number(ContinuationToken) + 1) },
      });
    });
    expect(findings.map(({ found }) => found)).toEqual([
      "there are 1,000 objects or more below aws/lambda/",
      "there are 5,000 objects or more below dead-letter/ of the last 7 days, such as dead-letter/4-999",
      "there are 5,000 objects or more below rejected/ of the last 7 days, such as rejected/4-999",
    ]);
  });

  it("names the prefix of the archive in the command", async () => {
    const { findings } = await examinedPipeline((pipeline) => {
      functionWith({ ARCHIVE_PREFIX: "logs/" })(pipeline);
      pipeline.answers.ListObjectsV2Command = ({ Prefix }) =>
        Prefix === "logs/rejected/" ? { Contents: [{ Key: `${Prefix}2026/11/28/09/a.gz` }] } : {};
    });
    expect(findings).toMatchObject([{ command: expect.stringContaining(" --archive-prefix logs/ --sink stdout") }]);
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
