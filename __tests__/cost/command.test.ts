import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type CostArguments, parseCostArguments } from "../../cost/arguments/arguments";
import { costCommandLine } from "../../cost/arguments/options";
import { reportOf } from "../../cost/report";
import { costJson } from "../../cost/report-json";
import { costText } from "../../cost/report-text";
import { parseSizingArguments } from "../../sizing/arguments/arguments";
import { sizingCommandLine } from "../../sizing/arguments/options";
import { sizePipeline } from "../../sizing/size";
import type { UsageCommand } from "../../tools/usage/usage-command";
import { planFile } from "./plans/read";

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
const DOMAIN = { "search_hour/t3.small.search": 0.042, search_gp3_gb_month: 0.146 };
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

  it("rejects a plan that is given twice, by its path or by what it deploys", () => {
    const [path, again] = [planFile("archive"), relative(process.cwd(), planFile("archive"))];
    expect(errorsOf("--plan", path, again, "--gb-per-day", "1", ...US)).toEqual([
      `- --plan ${again} deploys what ${path} does. Give each plan once: its resources would count twice.`,
    ]);
    // Another plan of the same configuration differs in its time alone.
    const plan = JSON.parse(readFileSync(path, "utf8"));
    const later = file("later.json", { ...plan, timestamp: "2026-11-28T10:00:00Z" });
    expect(errorsOf("--plan", planFile("defaults"), path, later, "--gb-per-day", "1", ...US)).toEqual([
      `- --plan ${later} deploys what ${path} does. Give each plan once: its resources would count twice.`,
    ]);
    // What has nothing costs nothing.
    const none = { format_version: "1.2", planned_values: { root_module: {} } };
    const nothing = ["a.json", "b.json"].map((name) => file(name, none));
    expect(errorsOf("--plan", planFile("defaults"), ...nothing, "--gb-per-day", "1", ...US)).toEqual([]);
  });

  it("rejects volumes of lanes that the plan does not have, and says which it has", () => {
    const volumes = ["--gb-per-day", "1", "--firehose-gb-per-day", "2", "--access-logs-gb-per-day", "0.5"];
    expect(errorsOf("--plan", planFile("archive"), ...volumes, ...US)).toEqual([
      "- --gb-per-day is 1, but the plan has no stream of log groups. It has none of these lanes. Give the plan that has it to --plan, too, or leave out the option.",
      "- --firehose-gb-per-day is 2, but the plan has no Firehose stream. It has none of these lanes. Give the plan that has it to --plan, too, or leave out the option.",
      "- --access-logs-gb-per-day is 0.5, but the plan has no function of access logs. It has none of these lanes. Give the plan that has it to --plan, too, or leave out the option.",
    ]);
    expect(errorsOf("--plan", planFile("large"), planFile("firehose-s3"), ...volumes, ...US)).toEqual([
      "- --access-logs-gb-per-day is 0.5, but the plan has no function of access logs. It has 2 streams of log groups, 1 Firehose stream. Give the plan that has it to --plan, too, or leave out the option.",
    ]);
    const lanes = ["large", "firehose-s3", "access-logs"] as const;
    expect(errorsOf("--plan", ...lanes.map(planFile), ...volumes, ...US)).toEqual([]);
    expect(errorsOf("--plan", planFile("large"), "--gb-per-day", "1", "--firehose-gb-per-day", "0", ...US)).toEqual([]);
  });

  it("computes nothing beside queries, and so takes no option of what it would compute", () => {
    const queries = ["--plan", planFile("large"), "--metric-queries"];
    expect(errorsOf(...queries, "--gb-per-day", "1", "--metric-hours", "5", ...US, "--line-bytes", "99")).toEqual([
      "- --gb-per-day, --region, --line-bytes are given with --metric-queries, which computes nothing. Allowed with it: --plan, --metric-hours.",
    ]);
    expect(errorsOf(...queries, "--metrics", "metrics.json")).toEqual([
      "- --metrics is given with --metric-queries, which computes nothing. Allowed with it: --plan, --metric-hours.",
    ]);
    expect(parsed(...queries, "--metric-hours", "5")).toMatchObject({ hours: 5 });
  });

  it("reads what Windows PowerShell redirects", () => {
    const path = file(
      "utf16.json",
      Buffer.from('\ufeff{"format_version":"1.2","planned_values":{"root_module":{}}}', "utf16le"),
    );
    expect(errorsOf("--plan", path, "--gb-per-day", "0", ...US)).toEqual([]);
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
  it("that a region lacks are named one by one, with what to do", () => {
    expect(errorsOf("--plan", planFile("defaults"), "--gb-per-day", "1")).toEqual([
      "- eu-central-1 has no sourced price search_hour/t3.small.search: a node of the instance type t3.small.search, for an hour.",
      "- eu-central-1 has no sourced price search_gp3_gb_month: a GB of a gp3 volume of a domain, for a month.",
      "- Give them by --prices, as docs/cost.md shows, or compare by --region us-east-1, which has all.",
    ]);
    // Frankfurt, its own region, has all that it needs.
    expect(errorsOf("--plan", planFile("elsewhere"), "--gb-per-day", "1")).toEqual([]);
    expect(errorsOf("--plan", planFile("elsewhere"), "--gb-per-day", "1", "--region", "eu-north-1")).toEqual([
      expect.stringMatching(/^- eu-north-1 has no sourced price transfer_internet_gb: /),
      expect.stringMatching(/^- Give it by --prices/),
    ]);
  });

  it("are all named of a region without any", () => {
    const errors = errorsOf("--plan", planFile("defaults"), "--gb-per-day", "1", "--region", "me-south-1");
    expect(errors).toContainEqual(expect.stringMatching(/^- me-south-1 has no sourced price logs_ingested_gb: /));
    expect(errors).toContainEqual(expect.stringMatching(/^- me-south-1 has no sourced price shard_hour: /));
    expect(errors.at(-1)).toMatch(/^- Give them by --prices/);
  });

  it("of Sydney are those of the default pipeline with its domain", () => {
    const { lines } = report("--plan", planFile("defaults"), "--gb-per-day", "1", "--region", "ap-southeast-2");
    expect(lines.find(({ price }) => price === "search_hour/t3.small.search")!.unitPrice.usd).toBe(0.056);
  });

  it("of a plan's own region suffice where the domain is not in the plan", () => {
    const { lines } = report("--plan", planFile("archive"), planFile("defaults"), "--gb-per-day", "100", ...US);
    const prices = { region: "eu-central-1", sections: [{ source: "a contract", seen: "2026-11-28", prices: DOMAIN }] };
    const own = report(
      "--plan",
      planFile("archive"),
      planFile("defaults"),
      "--gb-per-day",
      "100",
      "--prices",
      file("domain.json", prices),
    );
    expect(own.args.prices.region).toBe("eu-central-1");
    expect(own.lines.find(({ what }) => what === "ingestion")!.unitPrice.usd).toBe(0.63);
    expect(own.lines).toHaveLength(lines.length);
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

  it("says what the plan may be too small for, by what it keeps, and which command sizes it", () => {
    const { capacity } = report(...DEFAULTS, "--gb-per-day", "100", "--peak-factor", "20");
    expect(capacity).toEqual([
      "The busiest minute needs 8 shards, and the plan has 4.",
      "aws_opensearch_domain.this[0] has 10 GB of volumes, which hold 0.0666 days of these logs; the plan keeps 30 days and the current one (index_retention_days, index_cleanup).",
      "npm run sizing -- --gb-per-day 107.374 --days 30 --groups 3 --peak-factor 20 --replicas 0 --zones 1 says what it takes.",
    ]);
    // 10 GB are 31.0 days of it, and 30.9 of more.
    expect(report(...DEFAULTS, "--gb-per-day", "0.215").capacity).toEqual([]);
    expect(report(...DEFAULTS, "--gb-per-day", "0.2155").capacity[0]).toContain("hold 30.9 days of these logs; ");
    // Three nodes keep each document twice.
    expect(report("--plan", planFile("large"), ...US, "--gb-per-day", "16.2").capacity[0]).toBe(
      "aws_opensearch_domain.this[0] has 1,500 GB of volumes, which hold 30.8 days of these logs; the plan keeps 30 days and the current one (index_retention_days, index_cleanup).",
    );
    expect(report("--plan", planFile("elsewhere"), ...US, "--gb-per-day", "1").capacity[0]).toBe(
      "The plan has no domain: https://search.example.com and what it costs are elsewhere.",
    );
  });

  it("compares volumes with the plan's own days and copies, or says what it assumes", () => {
    const capacityWith = (variables: object, ...more: string[]) => {
      const plan = JSON.parse(readFileSync(planFile("large"), "utf8"));
      const path = file("inputs.json", { ...plan, variables: { ...plan.variables, ...variables } });
      return report("--plan", path, ...US, "--gb-per-day", "16.2", ...more).capacity;
    };
    const without = { index_cleanup: { value: null } };
    expect(capacityWith({ index_retention_days: { value: "29" } })).toEqual([]);
    expect(capacityWith({ ...without, index_retention_days: { value: 90 }, index_replicas: { value: 0 } })).toEqual([
      "aws_opensearch_domain.this[0] has 1,500 GB of volumes, which hold 61.7 days of these logs; the plan keeps 90 days and the current one (index_retention_days, index_cleanup).",
      "npm run sizing -- --gb-per-day 17.3946 --days 90 --groups 3 --replicas 0 says what it takes.",
    ]);
    const keptByCount = { index_cleanup: { value: { keep_count: 9 } }, index_retention_days: { value: 0 } };
    expect(capacityWith(keptByCount)[0]).toContain("; the plan does not tell index_retention_days, and 30 days and ");
    const domainAlone = JSON.parse(readFileSync(planFile("defaults"), "utf8"));
    const path = file("forever.json", { ...domainAlone, variables: { index_retention_days: { value: 0 } } });
    expect(report("--plan", path, ...US, "--gb-per-day", "1", "--kept-days", "99").capacity).toEqual([
      "aws_opensearch_domain.this[0] has 10 GB of volumes, which hold 6.66 days of these logs; indices are never deleted, and 99 days and the current one are assumed (--kept-days).",
      "npm run sizing -- --gb-per-day 1.07374 --days 99 --groups 3 --replicas 0 --zones 1 says what it takes.",
    ]);
  });

  it.each([
    ["defaults", ["--gb-per-day", "1"]],
    ["defaults", ["--gb-per-day", "100", "--groups", "40", "--peak-factor", "7.5"]],
    ["large", ["--gb-per-day", "900", "--line-bytes", "900", "--lines-per-record", "1", "--compressed-to", "0.9"]],
    ["large", ["--gb-per-day", "16.2", "--peak-factor", "3"]],
  ] as const)("has a command whose result is large enough: %s, %j", (name, args) => {
    const { args: asked, capacity } = report("--plan", planFile(name), ...US, ...args);
    const words = / -- (.*) says what it takes\.$/.exec(capacity.at(-1)!)![1]!.split(" ");
    const { workload } = parseSizingArguments(sizingCommandLine().parse(["node", "sizing", ...words]) as UsageCommand);
    const { deployment } = asked;
    const option = (flag: string) => Number(args[(args as readonly string[]).indexOf(flag) + 1]);
    expect(workload.gbPerDay).toBeCloseTo((option("--gb-per-day") * 2 ** 30) / 1e9, 3);
    expect(workload.groups).toBe((args as readonly string[]).includes("--groups") ? option("--groups") : 3);
    expect(workload.peakFactor ?? 4).toBe(asked.workload.peak);
    expect([workload.eventBytes, workload.eventsPerRecord, workload.compressedTo]).toEqual([
      asked.workload.lineBytes,
      asked.workload.linesPerRecord,
      asked.workload.compressedTo,
    ]);
    const { domain, stream } = sizePipeline(workload);
    const nodes = [{ what: "data nodes", instanceType: domain.node.type, count: domain.count }];
    const large = {
      ...deployment,
      streams: [{ ...deployment.streams[0]!, shards: stream.shards }],
      domains: [{ ...deployment.domains[0]!, nodes, volumeGb: domain.volumeGib * domain.count }],
    };
    const indices = { ...deployment.indices, replicas: workload.replicas };
    expect(reportOf({ ...asked, deployment: { ...large, indices } }).capacity).toEqual([]);
  });

  it("says what it has not", () => {
    const text = costText(
      report("--plan", ...(["large", "firehose-s3", "access-logs"] as const).map(planFile), "--gb-per-day", "1", ...US),
    );
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
      unit: "GB",
      unit_usd: 0.5,
      seen: "2026-11-28",
    });
  });
});
