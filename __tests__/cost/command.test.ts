import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CostArguments, parseCostArguments } from "../../cost/arguments/arguments";
import { costCommandLine } from "../../cost/arguments/options";
import { metricQueries } from "../../cost/metrics/queries";
import { reportOf } from "../../cost/report";
import { costJson } from "../../cost/report-json";
import { costText } from "../../cost/report-text";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { planFile, plannedDeployment } from "./plans/read";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cost-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | object | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}

const parsed = (...args: string[]) =>
  parseCostArguments(costCommandLine().parse(["node", "cost", ...args]) as UsageCommand);

const report = (...args: string[]) => reportOf(parsed(...args) as CostArguments);

/** The errors of a command line. */
function errorsOf(...args: string[]): string[] {
  try {
    report(...args);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

const US = ["--region", "us-east-1"];
const DEFAULTS = ["--plan", planFile("defaults"), ...US];
const usdOf = (found: ReturnType<typeof report>, item: string) =>
  found.lines.filter((line) => line.item === item).reduce((sum, { usd }) => sum + usd, 0);

describe("the command line of a cost", () => {
  it("reports all errors together", () => {
    expect(errorsOf("--gb-per-day", "-1", "--compressed-to", "2", "--groups", "0", "--frobnicate")).toEqual([
      expect.stringMatching(/^- --gb-per-day is "-1"\. Allowed: a number from 0 to 1000000/),
      expect.stringMatching(/^- --compressed-to is "2"\. Allowed: a number from 0.01 to 1/),
      expect.stringMatching(/^- --groups is "0"\. Allowed: a whole number from 1 to 10000/),
      expect.stringMatching(/^- Unknown option '--frobnicate'/),
      expect.stringMatching(/^- --plan is missing\./),
    ]);
  });

  it("needs logs, once, and files that are there", () => {
    expect(errorsOf(...DEFAULTS)).toEqual([expect.stringMatching(/^- No logs are given\. Allowed: --gb-per-day, /)]);
    expect(errorsOf("--plan", join(folder, "none.json"), "--gb-per-day", "1", "--metrics", "m.json")).toEqual([
      expect.stringMatching(/^- --plan .*none\.json cannot be read: ENOENT/),
      "- --gb-per-day and --metrics say the same. Allowed: one of them.",
    ]);
  });

  it("says which of several plans is none, and why", () => {
    const path = file("template.json", { Resources: {} });
    expect(errorsOf("--plan", planFile("archive"), path, "--gb-per-day", "1", ...US)).toEqual([
      expect.stringMatching(`^- --plan ${path}: it is JSON, but no plan: format_version is missing\\.`),
    ]);
  });

  it("reads what Windows PowerShell redirects", () => {
    const path = file(
      "utf16.json",
      Buffer.from('\ufeff{"format_version":"1.2","planned_values":{"root_module":{}}}', "utf16le"),
    );
    expect(errorsOf("--plan", path, "--gb-per-day", "1", ...US)).toEqual([]);
  });

  it("has help that names each option and the exit codes", () => {
    let help = "";
    const command = costCommandLine()
      .exitOverride()
      .configureOutput({ writeOut: (text) => (help += text) });
    expect(() => command.parse(["node", "cost", "--help"])).toThrow();
    for (const option of command.options) expect(help).toContain(option.long!);
    expect(help).toMatch(/Exit codes: 0 it is computed, 2 /);
  });
});

describe("prices", () => {
  it("of a region without sources are refused, with what to do", () => {
    expect(errorsOf("--plan", planFile("defaults"), "--gb-per-day", "1")).toEqual([
      expect.stringMatching(
        /^- There are no sourced prices of eu-central-1\. Allowed: us-east-1, eu-west-1, .* by --prices, /,
      ),
    ]);
  });

  it("that a region lacks are named one by one", () => {
    const errors = errorsOf("--plan", planFile("defaults"), "--gb-per-day", "1", "--region", "eu-west-1");
    expect(errors).toContainEqual(
      "- shard_hour has no sourced price in eu-west-1: a shard of a provisioned stream, for an hour. Give it by --prices, as docs/cost.md shows.",
    );
    expect(errors).toHaveLength(5);
  });

  it("of your own take their place, and are for one region", () => {
    const sections = [{ source: "our contract", seen: "2026-11-01", prices: { logs_ingested_gb: 0.25 } }];
    const path = file("prices.json", { region: "us-east-1", sections });
    const args = [...DEFAULTS, "--gb-per-day", "100"];
    const half = usdOf(report(...args, "--prices", path), "CloudWatch Logs");
    expect(usdOf(report(...args), "CloudWatch Logs") - half).toBeCloseTo((100 * 730) / 24 / 4, -1);
    expect(costText(report(...args, "--prices", path))).toContain("- our contract (seen on 2026-11-01)");
    expect(
      errorsOf("--plan", planFile("defaults"), "--gb-per-day", "1", "--region", "eu-west-1", "--prices", path),
    ).toEqual([expect.stringMatching(/has prices of us-east-1, not of eu-west-1\./)]);
    expect(errorsOf(...args, "--prices", file("broken.json", "{"))).toEqual([
      expect.stringMatching(/it is no JSON\.$/),
    ]);
  });
});

describe("a report", () => {
  it("has lines that add up to the total, the dearest first", () => {
    const { lines, usd } = report(...DEFAULTS, "--gb-per-day", "100");
    expect(lines.reduce((sum, line) => sum + line.usd, 0)).toBeCloseTo(usd, 6);
    expect(lines.map((line) => line.usd)).toEqual(lines.map((line) => line.usd).sort((a, b) => b - a));
    expect(lines[0]!.what).toBe("ingestion");
  });

  it("names inputs that lower it, by what they save", () => {
    const { levers } = report("--plan", planFile("large"), planFile("archive"), "--gb-per-day", "100", ...US);
    const saves = new Map(levers.map(({ variable, savesUsd }) => [variable, savesUsd]));
    // Four shards for 72 hours, and an on-demand stream, where one shard is enough.
    expect(saves.get("streams")).toBeGreaterThan(100);
    expect(saves.get("stream_retention_hours")).toBeGreaterThanOrEqual(4 * 730 * 0.02);
    expect(saves.get("dashboard")).toBeCloseTo(3, 6);
    expect(saves.get("function_architecture")).toBeGreaterThan(0.5);
    expect(saves.has("archive_compaction")).toBe(false);
    expect(levers.map(({ savesUsd }) => savesUsd)).toEqual([...saves.values()].sort((a, b) => b - a));
  });

  it("compares with other services, and with a stream for each log group", () => {
    const args = [...DEFAULTS, "--gb-per-day", "100"];
    const { elsewhere, usd } = report(...args, "--groups", "500");
    expect(elsewhere.map(({ name }) => name)).toEqual([
      "OpenSearch Ingestion",
      "Firehose alone",
      "Centralized Logging with OpenSearch",
      "CloudWatch Logs alone",
      "this module, a stream for each of 500 log groups",
    ]);
    expect(elsewhere.at(-1)!.usd! - usd).toBeGreaterThan((500 - 4) * 730 * 0.015);
    // Its unit alone is more than the shards, PUT units and functions of this plan.
    const units = elsewhere[0]!.usage.find(({ what }) => what === "compute units")!;
    expect(units.quantity).toBe(730);
    expect(report(...DEFAULTS, "--gb-per-day", "0").elsewhere).toEqual([]);
  });

  it("says what it has not", () => {
    const text = costText(
      report("--plan", planFile("firehose-s3"), planFile("access-logs"), "--gb-per-day", "1", ...US),
    );
    expect(text).toContain("- log groups: the plan has no stream that they are delivered by");
    expect(text).toContain("- Firehose: --firehose-gb-per-day is not given");
    expect(text).toContain("- access logs: --access-logs-gb-per-day is not given");
    expect(costText(report(...DEFAULTS, "--gb-per-day", "1"))).toContain(
      "- lifecycle of the archive: its bucket is in no plan",
    );
    expect(
      costText(report("--plan", planFile("defaults"), planFile("archive"), "--gb-per-day", "1", ...US)),
    ).not.toContain("lifecycle of the archive");
  });

  it("is aligned for a person, and one object of JSON for a program", () => {
    const found = report("--plan", planFile("large"), "--gb-per-day", "50", ...US);
    const rows = costText(found)
      .split("\n")
      .filter((line) => /^\| .*%|^\| .* \|\s+[\d.]+ \|$/.test(line));
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    const json = JSON.parse(costJson(found));
    expect(json).toMatchObject({ total_usd: found.usd, prices_of: "us-east-1", region: "eu-central-1" });
    expect(json.lines[0]).toMatchObject({
      item: "CloudWatch Logs",
      price: "logs_ingested_gb",
      unit_usd: 0.5,
      seen: "2026-11-28",
    });
  });
});

describe("a running account", () => {
  const deployment = plannedDeployment("large");
  const queries = metricQueries(deployment);
  const results = (value: number) =>
    queries.map(({ Id }) => ({
      ...{ Id, Label: Id, StatusCode: "Complete" },
      Timestamps: ["2026-11-20T00:00:00+00:00", "2026-11-21T00:00:00+00:00"],
      Values: [value, value],
    }));
  const withMetrics = (content: string | object) => [
    ...["--plan", planFile("large"), ...US],
    ...["--metrics", file("metrics.json", content)],
  ];

  it("is asked about log groups, streams and forwarders, by day", () => {
    expect(
      queries.map(
        ({ MetricStat: { Metric } }) => `${Metric.Namespace} ${Metric.MetricName} ${Metric.Dimensions[0]!.Value}`,
      ),
    ).toEqual([
      ...["/app/checkout", "/app/import", "/app/search"].map((name) => `AWS/Logs IncomingBytes ${name}`),
      ...["IncomingBytes", "IncomingRecords"].flatMap((name) =>
        ["all", "burst"].map((stream) => `AWS/Kinesis ${name} large_${stream}`),
      ),
      ...["Invocations", "Duration"].flatMap((name) =>
        ["all", "burst"].map((stream) => `AWS/Lambda ${name} large_${stream}`),
      ),
    ]);
    // GetMetricData takes ids of letters, digits and "_", from a small letter on.
    for (const { Id } of queries) expect(Id).toMatch(/^[a-z][a-zA-Z0-9_]*$/);
    expect(parsed("--plan", planFile("large"), "--metric-queries")).toEqual({ queriesFor: deployment });
  });

  it("says what it counted", () => {
    const args = parsed(...withMetrics({ MetricDataResults: results(1_000), Messages: [] })) as CostArguments;
    expect(args.workload.measured).toEqual({
      ...{ days: 2, logBytes: 6_000, streamBytes: 4_000, streamRecords: 4_000, invocations: 4_000, functionSeconds: 4 },
    });
    expect(costText(reportOf(args))).toContain("Counted in 2 days by --metrics");
  });

  it.each<[string, string | object, RegExp]>([
    ["no JSON", "Unable to locate credentials", /it is no JSON/],
    ["another command's output", { Datapoints: [] }, /it has no MetricDataResults/],
    ["a part", { MetricDataResults: results(1), NextToken: "x" }, /NextToken: results are missing/],
    [
      "results of another plan",
      { MetricDataResults: [...results(1), { Id: "group_9", Values: [] }] },
      /"group_9", which is no query/,
    ],
    ["missing results", { MetricDataResults: results(1).slice(1) }, /it has no result of group_0/],
    [
      "partial results",
      { MetricDataResults: results(1).map((each) => ({ ...each, StatusCode: "PartialData" })) },
      /Allowed: Complete/,
    ],
    ["values below 0", { MetricDataResults: results(-1) }, /a value that is no number from 0 on/],
    ["results without an id", { MetricDataResults: [{}] }, /a result has no Id/],
    [
      "nothing",
      { MetricDataResults: results(1).map((each) => ({ ...each, Timestamps: [], Values: [] })) },
      /it has no values/,
    ],
  ])("is rejected as %s", (_, content, error) => {
    const errors = errorsOf(...withMetrics(content));
    expect(errors[0]).toMatch(error);
    expect(errors[0]).toMatch(/^- --metrics .*metrics\.json: /);
  });
});
