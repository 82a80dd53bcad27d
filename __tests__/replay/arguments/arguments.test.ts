import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultNames } from "../../../core/settings/index-settings";
import { parseArguments } from "../../../replay/arguments/arguments";
import { replayCommandLine } from "../../../replay/arguments/options";
import { UsageError } from "../../../tools/usage/usage-error";

const REQUIRED = ["--bucket", "the-archive", "--from", "2026-11-20", "--to", "2026-11-21"];
const DEAD_LETTERS = ["--kind", "dead-letter"];
const ENDPOINT = { SEARCH_ENDPOINT: "https://search.example" };

const { SEARCH_ENDPOINT } = process.env;
afterEach(() => {
  delete process.env.SEARCH_ENDPOINT;
  Object.assign(process.env, SEARCH_ENDPOINT !== undefined && { SEARCH_ENDPOINT });
});

function parse(args: string[], environment: Record<string, string> = ENDPOINT) {
  delete process.env.SEARCH_ENDPOINT;
  Object.assign(process.env, environment);
  return parseArguments(replayCommandLine().parse(args, { from: "user" }));
}

function validationErrors(args: string[], environment: Record<string, string> = ENDPOINT): readonly string[] {
  try {
    parse(args, environment);
  } catch (error) {
    if (error instanceof UsageError) return error.errors;
    throw error;
  }
  return [];
}

const QUEUE_URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/access-logs";

describe("parseArguments", () => {
  it("accepts a bucket and a time range, and delivers the archive to the search endpoint", () => {
    expect(parse(REQUIRED)).toEqual({
      bucket: "the-archive",
      archivePrefix: "",
      kind: "archive",
      timeField: "",
      selection: { fromMs: Date.UTC(2026, 10, 20), toMs: Date.UTC(2026, 10, 21) },
      lateHours: 1,
      recordMaxBytes: 33_554_432,
      objectMaxBytes: 16_777_216,
      sink: { to: "endpoint", searchEndpoint: "https://search.example", names: defaultNames("cwl-") },
    });
  });

  it("protects the indices for as many days as --keep-days says, at the search endpoint alone", () => {
    expect(parse([...REQUIRED, "--keep-days", "14"]).sink).toMatchObject({ to: "endpoint", keepDays: 14 });
    expect(validationErrors([...REQUIRED, "--keep-days", "0"])).toEqual([expect.stringContaining("1 to 3650")]);
    expect(validationErrors([...REQUIRED, "--sink", "stdout", "--keep-days", "14"])).toEqual([
      "--keep-days applies only to --sink endpoint.",
    ]);
  });

  it("delivers to the sink that is named", () => {
    const stream = ["--stream", "pipeline_foo"];
    expect(parse([...REQUIRED, "--sink", "stream", ...stream], {}).sink).toEqual({
      to: "stream",
      stream: "pipeline_foo",
    });
    expect(parse([...REQUIRED, "--sink", "stdout"], {}).sink).toEqual({ to: "stdout" });
    expect(parse([...REQUIRED, "--sink", "endpoint"])).toEqual(parse(REQUIRED));
  });

  it("ignores an endpoint in the environment that its sink does not use", () => {
    expect(parse([...REQUIRED, "--sink", "stdout"], { SEARCH_ENDPOINT: "junk" }).sink).toEqual({ to: "stdout" });
  });

  it("prefers an option to the environment", () => {
    const { sink } = parse([...REQUIRED, "--search-endpoint", "https://other.example/", "--index-prefix", "re-"]);
    expect(sink).toEqual({ to: "endpoint", searchEndpoint: "https://other.example", names: defaultNames("re-") });
  });

  it("needs no sink in a dry run", () => {
    expect(parse([...REQUIRED, "--dry-run"], {})).not.toHaveProperty("sink");
  });

  it("accepts every other option", () => {
    const more = [
      "--log-group",
      "/aws/x",
      "--account",
      "111111111111",
      "--kind",
      "dead-letter",
      "--late-hours",
      "360",
      "--archive-prefix",
      "a/b/",
    ];
    const limits = ["--record-max-bytes", "536870888", "--object-max-bytes", "268435456"];
    expect(parse([...REQUIRED, ...more, ...limits])).toMatchObject({
      ...{ recordMaxBytes: 536_870_888, objectMaxBytes: 268_435_456 },
      ...{ kind: "dead-letter", lateHours: 360, archivePrefix: "a/b/" },
      selection: { logGroup: "/aws/x", account: "111111111111" },
    });
  });

  it.each<[string, string[], RegExp]>([
    ["an unknown option", ["--force"], /^Unknown option '--force'\.$/],
    ["a mistyped option", ["--kindd", "rejected"], /^Unknown option '--kindd'\. \(Did you mean --kind\?\)$/],
    ["an argument", ["more"], /^Unexpected argument: "more"\. See --help\.$/],
    ["a sink by --to", ["--to", "stream"], /^--to is "stream". Allowed: an ISO 8601 date or time/],
    ["a sink that is none", ["--sink", "kafka"], /^--sink is "kafka". Allowed: endpoint, stream, stdout, queue\.$/],
    ["a bucket", ["--bucket", "No_Bucket"], /^--bucket is "No_Bucket". Allowed: a bucket name/],
    [
      "a time field where times are known",
      ["--time-field", "t"],
      /^--time-field applies only to --kind dead-letter and undelivered\.$/,
    ],
    ["a time field of rejected events", ["--kind", "rejected", "--time-field", "t"], /^--time-field applies only to/],
    [
      "a maximum of objects that are not read whole",
      ["--object-max-bytes", "16777216"],
      /^--object-max-bytes applies only to --kind dead-letter and undelivered\.$/,
    ],
    [
      "a maximum of objects of rejected events",
      ["--kind", "rejected", "--object-max-bytes", "16777216"],
      /^--object-max-bytes applies only to/,
    ],
    ["a kind", ["--kind", "all"], /^--kind is "all". Allowed: archive, dead-letter, rejected, undelivered/],
    ["a kind, beside a time field", ["--kind", "all", "--time-field", "t"], /^--kind is "all"/],
    ["a sink, beside another's option", ["--sink", "kafka", "--stream", "s"], /^--sink is "kafka"/],
    ["an account", ["--account", "1111"], /^--account is "1111". Allowed: the 12 digits of an AWS account's ID\.$/],
    [
      "an account of access logs",
      [...["--kind", "backfill", "--account", "111111111111"], ...["--queue-url", QUEUE_URL]],
      /^--account does not apply to --kind access-logs and backfill: their keys have none\.$/,
    ],
    ["an empty log group", ["--log-group", ""], /^--log-group is "". Allowed: a log group's name/],
    ["lateness", ["--late-hours", "361"], /^--late-hours is "361". Allowed: a whole number from 0 to 360/],
    ["negative lateness", ["--late-hours", "-1"], /^--late-hours is "-1"/],
    ["an option without its value", ["--log-group"], /^--log-group has no value. Allowed: a log group's name/],
    ["a small record", ["--record-max-bytes", "1048575"], /^--record-max-bytes is "1048575". Allowed: a whole number/],
    ["a record longer than strings", ["--record-max-bytes", "536870889"], /from 1048576 to 536870888\.$/],
    [
      "a large object",
      [...DEAD_LETTERS, "--object-max-bytes", "268435457"],
      /^--object-max-bytes is .* to 268435456\.$/,
    ],
    ["an archive prefix", ["--archive-prefix", "no-slash"], /^--archive-prefix is "no-slash". Allowed: nothing, or/],
    ["an index prefix", ["--index-prefix", "Up"], /^--index-prefix is "Up". Allowed: 1 to 100 of/],
    [
      "an endpoint",
      ["--search-endpoint", "search"],
      /^--search-endpoint .*is no URL that begins with https:\/\/ or http:\/\/. Allowed: an https/,
    ],
    ["a stream without its sink", ["--stream", "s"], /^--stream applies only to --sink stream\.$/],
    [
      "an endpoint without its sink",
      ["--sink", "stdout", "--search-endpoint", "https://x"],
      /^--search-endpoint applies only to --sink endpoint\.$/,
    ],
    [
      "an index prefix without its sink",
      ["--sink", "stdout", "--index-prefix", "x-"],
      /^--index-prefix applies only to/,
    ],
    [
      "a missing stream",
      ["--sink", "stream"],
      /^--stream is missing with --sink stream. Allowed: the name of a Kinesis/,
    ],
    ["a stream's ARN", ["--sink", "stream", "--stream", "arn:aws:kinesis"], /^--stream is "arn:aws:kinesis". Allowed/],
  ])("rejects %s with one error, which has the given and the allowed values", (_, args, message) => {
    const [option] = args;
    const at = REQUIRED.indexOf(option!);
    const required = at < 0 ? REQUIRED : REQUIRED.toSpliced(at, 2);
    expect(validationErrors([...required, ...args])).toEqual([expect.stringMatching(message)]);
  });

  describe("--index-settings", () => {
    const SETTINGS = {
      ...{ name: "logs", prefix: "logs-", period: "week", indices: { foo: "apps" }, history: [] },
      ...{ retention_days: 0, shards: 1, refresh_interval_seconds: 1, sort: "none", template: "managed", messages: {} },
    };
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "index-settings-"));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    function file(settings: object): string {
      const path = join(folder, "index-settings.json");
      writeFileSync(path, JSON.stringify(settings));
      return path;
    }

    it("gives every name that the pipeline gives", () => {
      const { sink } = parse([...REQUIRED, "--index-settings", file(SETTINGS)]);
      const names = { prefix: "logs-", period: "week", indices: new Map([["foo", "apps"]]), history: [] };
      expect(sink).toMatchObject({ to: "endpoint", names });
    });

    it("gives the variables of each function, with their defaults", () => {
      const messages = { foo: { PARSER: "waf", RULES: '[{"action":"redact","field":"ssn"}]' } };
      const { sink } = parse([...REQUIRED, "--index-settings", file({ ...SETTINGS, messages })]);
      const variables = { PARSER: "waf", KEEP_MESSAGE: true, RULES: [{ action: "redact", field: "ssn" }] };
      expect(sink).toMatchObject({ messages: new Map([["foo", expect.objectContaining(variables)]]) });
    });

    it("reports a file of a version that does not say what becomes of messages", () => {
      expect(validationErrors([...REQUIRED, "--index-settings", file({ ...SETTINGS, messages: undefined })])).toEqual([
        expect.stringMatching(/^--index-settings .*index-settings\.json: messages is missing, .*terraform output/),
      ]);
    });

    it("reports every mistake in the file, beside those of other options", () => {
      const args = ["--late-hours", "x", "--index-settings", file({ ...SETTINGS, prefix: "*", period: "year" })];
      expect(validationErrors([...REQUIRED, ...args])).toEqual([
        expect.stringMatching(/^--late-hours is "x"/),
        expect.stringMatching(/^--index-settings .*index-settings\.json: prefix is "\*"\. Allowed: /),
        expect.stringMatching(/^--index-settings .*index-settings\.json: period is "year"\. Allowed: /),
      ]);
    });

    it("goes with neither --index-prefix nor another sink", () => {
      const settings = ["--index-settings", file(SETTINGS)];
      expect(validationErrors([...REQUIRED, ...settings, "--index-prefix", "x-"])).toEqual([
        "--index-prefix and --index-settings are given. Allowed: one of them, since the settings have a prefix.",
      ]);
      expect(validationErrors([...REQUIRED, "--sink", "stdout", ...settings])).toEqual([
        "--index-settings applies only to --sink endpoint.",
      ]);
    });
  });

  it("rejects a second end of the range, because either may be meant", () => {
    expect(validationErrors([...REQUIRED, "--to", "2026-11-22"])).toEqual([
      "--to is given more than once. Allowed: once.",
    ]);
  });

  it.each<[string, string, RegExp]>([
    ["a time", "2026-02-30", /^--from is "2026-02-30". Allowed: an ISO 8601/],
    [
      "an end before the beginning",
      "2026-11-22",
      /^--from 2026-11-22T00:00:00Z --to 2026-11-21T00:00:00Z: --from must be before --to\.$/,
    ],
    ["an empty range", "2026-11-21", /--from must be before --to/],
    ["a range of centuries", "0226-11-20", /is too long. Allowed: up to 3660 days/],
  ])("rejects %s", (_, from, message) => {
    const args = ["--bucket", "the-archive", "--from", from, "--to", "2026-11-21"];
    expect(validationErrors(args)).toEqual([expect.stringMatching(message)]);
  });

  it.each(["https://admin:secret@host", "admin:secret@host"])(
    "never repeats an endpoint in an error: %s",
    (endpoint) => {
      const rejected = [
        validationErrors([...REQUIRED, "--search-endpoint", endpoint]),
        validationErrors(REQUIRED, { SEARCH_ENDPOINT: endpoint }),
      ];
      for (const message of rejected) {
        expect(message).toEqual([expect.stringMatching(/^--search-endpoint .*is .+\. Allowed: an https/)]);
        expect(message.join()).not.toContain("secret");
      }
    },
  );

  it("reports all missing options together", () => {
    expect(validationErrors([], {})).toEqual([
      expect.stringMatching(/^--bucket is missing. Allowed: a bucket name/),
      expect.stringMatching(/^--from is missing. Allowed: an ISO 8601/),
      expect.stringMatching(/^--to is missing/),
      expect.stringMatching(/^--search-endpoint \(or SEARCH_ENDPOINT in the environment\) is missing/),
    ]);
  });
});
