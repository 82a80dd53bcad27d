import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSizingArguments } from "../../sizing/arguments/arguments";
import { sizingCommandLine } from "../../sizing/arguments/options";
import { hclArguments } from "../../sizing/hcl";
import { sizingJson } from "../../sizing/report-json";
import { sizingText } from "../../sizing/report-text";
import { SIZING_RULES } from "../../sizing/rules";
import { sizePipeline } from "../../sizing/size";
import { SIZING_LIMITS } from "../../sizing/workload";
import type { UsageCommand } from "../../tools/usage/usage-command";

/** Terraform's own parser. The types of its package would bring those of the browser. */
const { parse } = jest.requireActual<{ parse(file: string, text: string): Promise<unknown> }>("@cdktf/hcl2json");

const REQUIRED = ["--gb-per-day", "30", "--days", "30"];

const parsed = (...args: string[]) =>
  parseSizingArguments(sizingCommandLine().parse(["node", "sizing", ...args]) as UsageCommand);

/** The errors of a command line. */
function errorsOf(...args: string[]): string[] {
  try {
    parsed(...args);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

const reportOf = (...args: string[]) => sizingText(sizePipeline(parsed(...args).workload));
const textOf = (...args: string[]) => reportOf(...REQUIRED, ...args);

describe("the command line of a sizing", () => {
  it("needs what is written and how long it is kept; all else has defaults", () => {
    expect(parsed(...REQUIRED)).toEqual({
      workload: {
        ...{ gbPerDay: 30, days: 30, groups: 1, eventBytes: 250, eventsPerRecord: 50, compressedTo: 0.3, replicas: 1 },
        ...{ zones: 3, peakFactor: undefined, currentShards: undefined },
      },
      isJson: false,
    });
    const options = [
      "--groups",
      "7",
      "--zones",
      "1",
      "--replicas",
      "0",
      "--peak-factor",
      "2.5",
      "--current-shards",
      "3",
      "--compressed-to",
      "0.5",
    ];
    expect(parsed(...REQUIRED, ...options, "--event-bytes", "99", "--events-per-record", "1", "--json")).toEqual({
      workload: {
        ...{ gbPerDay: 30, days: 30, groups: 7, eventBytes: 99, eventsPerRecord: 1, replicas: 0, zones: 1 },
        ...{ compressedTo: 0.5, peakFactor: 2.5, currentShards: 3 },
      },
      isJson: true,
    });
  });

  it("reports all errors together", () => {
    expect(errorsOf("--days", "0", "--zones", "4", "--peak-factor", "0.5", "--groops", "2")).toEqual([
      '- --days is "0". Allowed: a whole number from 1 to 3650.',
      '- --zones is "4". Allowed: a whole number from 1 to 3.',
      '- --peak-factor is "0.5". Allowed: a number from 1 to 1000.',
      "- Unknown option '--groops'. (Did you mean --groups?)",
      expect.stringMatching(/^- --gb-per-day is missing/),
    ]);
  });

  it("has a help that names each option, the exit codes and an example", () => {
    const command = sizingCommandLine();
    const help = command.helpInformation();
    for (const name of Object.keys(SIZING_LIMITS)) {
      expect(help).toContain(command.options.find((option) => option.attributeName() === name)!.flags);
    }
    expect(help).toMatch(/--gb-per-day <n> .*\(required\)/s);
  });
});

describe("the report of a sizing", () => {
  it("names sizes, their reasons and sources", () => {
    const text = textOf();
    expect(text).toContain("Storage: 2,700 GB\n");
    expect(text).toContain("Data nodes: 3 × r7g.large.search with 890 GiB each\n");
    expect(text).toContain("Dedicated master nodes: 3 × m6g.large.search\n");
    expect(text).toContain("Indices: 1 index a day of 2 primary shards, 18 GB each\n");
    expect(text).toContain("Stream: 4 shards\n");
    expect(text).toContain("watch WriteProvisionedThroughputExceeded");
    expect(text).toContain("Source: OpenSearch Service Developer Guide, Calculating storage requirements\n");
    expect(text).toContain("Quotas: none is taken by 80 % or more.");
  });

  it("has digits of what is little, and no size of zero", () => {
    const text = reportOf("--gb-per-day", "0.001", "--days", "1");
    expect(text).toMatch(/^0\.001 GB a day for 1 day, .*\n\nStorage: 0\.003 GB\n {2}0\.001 GB × 1 × /);
    expect(text).toContain("with the index of the current day 0.006 GB. AWS's formula: 0.0029 GB.");
    expect(text).toContain("of 1 primary shard, 0.0012 GB each");
    expect(text).toContain("0.000014 MB and 0.0037 records a second");
    expect(text).not.toMatch(/\b0(\.0+)? (GB|MB|records)/);
  });

  it("tells how shards are changed from those that there are", () => {
    expect(textOf("--current-shards", "1")).toContain("Apply with shards = 2, then 4: each at most twice or half");
    expect(textOf("--current-shards", "4")).toContain("It has them already.");
  });

  it("says of a quota beyond which it goes that AWS has to raise it first", () => {
    expect(reportOf("--gb-per-day", "9000", "--days", "1", "--peak-factor", "40")).toMatch(
      /concurrent invocations of the account: 1,250 of 1,000 \(125 %\), beyond it: have AWS raise it first\. Source: Lambda/,
    );
  });

  it("has inputs of the module in HCL, which Terraform reads as they are meant", async () => {
    for (const args of [[], ["--groups", "3"], ["--zones", "1"]]) {
      const { inputs } = sizePipeline(parsed(...REQUIRED, ...args).workload);
      const json = await parse("sizing.tf", `locals {\n${hclArguments(inputs, "  ")}\n}\n`);
      expect(json).toEqual({ locals: [inputs] });
      expect(textOf(...args)).toContain(hclArguments(inputs));
    }
  });

  it("is the example of docs/sizing.md", () => {
    const page = readFileSync(join(__dirname, "../../docs/sizing.md"), "utf8");
    expect(page).toContain(`\`\`\`hcl\n${hclArguments(sizePipeline(parsed(...REQUIRED).workload).inputs)}\n\`\`\``);
  });

  it("is laid out as by terraform fmt", () => {
    expect(hclArguments({ a: { long_name: 1, b: "c" }, d: 1, long: 2 })).toBe(
      'a = {\n  long_name = 1\n  b         = "c"\n}\nd    = 1\nlong = 2',
    );
  });

  it("is one JSON object with the rules and their sources", () => {
    const { workload } = parsed(...REQUIRED);
    const json = JSON.parse(JSON.stringify(sizingJson(sizePipeline(workload))));
    expect(json).toMatchObject({
      workload: { gbPerDay: 30, peakFactor: null, currentShards: null },
      storage: { volumesGb: 2_790 },
      domain: { type: "r7g.large.search", count: 3, volumeGib: 890, masterType: "m6g.large.search" },
      stream: { shards: 4, changes: [] },
      inputs: { index_retention_days: 30 },
    });
    expect(json.rules).toEqual(SIZING_RULES);
    expect(Object.keys(json.rules)).toEqual(
      expect.arrayContaining(json.quotas.map(({ rule }: { rule: string }) => rule)),
    );
  });
});
