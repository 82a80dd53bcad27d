import { parseArguments } from "../../../replay/arguments/arguments";
import { MistakesError } from "../../../replay/arguments/mistakes";
import { commandLine } from "../../../replay/arguments/options";

const REQUIRED = ["--bucket", "the-archive", "--from", "2026-11-20", "--to", "2026-11-21"];
const ENDPOINT = { SEARCH_ENDPOINT: "https://search.example" };

function parse(args: string[], environment: Record<string, string> = ENDPOINT) {
  const command = commandLine().exitOverride().parse(args, { from: "user" });
  return parseArguments(command.opts(), command.args, environment);
}

function mistakes(args: string[], environment: Record<string, string> = ENDPOINT): readonly string[] {
  try {
    parse(args, environment);
  } catch (error) {
    if (error instanceof MistakesError) return error.mistakes;
    throw error;
  }
  return [];
}

describe("parseArguments", () => {
  it("takes a bucket and a time range, and delivers the archive to the search endpoint", () => {
    expect(parse(REQUIRED)).toEqual({
      bucket: "the-archive",
      archivePrefix: "",
      kind: "archive",
      timeField: "",
      selection: { fromMs: Date.UTC(2026, 10, 20), toMs: Date.UTC(2026, 10, 21) },
      lateHours: 1,
      sink: { to: "endpoint", searchEndpoint: "https://search.example", indexPrefix: "cwl-" },
    });
  });

  it("tells the two meanings of --to apart by their form, in any order", () => {
    const stream = ["--stream", "pipeline_foo"];
    const expected = { selection: { toMs: Date.UTC(2026, 10, 21) }, sink: { to: "stream", stream: "pipeline_foo" } };
    expect(parse([...REQUIRED, "--to", "stream", ...stream])).toMatchObject(expected);
    expect(parse(["--to", "stream", ...REQUIRED, ...stream])).toMatchObject(expected);
    expect(parse([...REQUIRED, "--to", "stdout"], {}).sink).toEqual({ to: "stdout" });
    expect(parse([...REQUIRED, "--to", "endpoint"])).toEqual(parse(REQUIRED));
  });

  it("prefers an option to the environment", () => {
    const { sink } = parse([...REQUIRED, "--search-endpoint", "https://other.example/", "--index-prefix", "re-"]);
    expect(sink).toEqual({ to: "endpoint", searchEndpoint: "https://other.example", indexPrefix: "re-" });
  });

  it("needs no sink in a dry run", () => {
    expect(parse([...REQUIRED, "--dry-run"], {})).not.toHaveProperty("sink");
  });

  it("takes every other option", () => {
    const more = ["--log-group", "/aws/x", "--kind", "dead-letter", "--late-hours", "336", "--archive-prefix", "a/b/"];
    expect(parse([...REQUIRED, ...more])).toMatchObject({
      ...{ kind: "dead-letter", lateHours: 336, archivePrefix: "a/b/" },
      selection: { logGroup: "/aws/x" },
    });
  });

  it.each<[string, string[], RegExp]>([
    ["an unknown option", ["--force"], /^"--force" is no option/],
    ["an argument", ["more"], /^"more" is no option/],
    ["two times", ["--to", "2026-11-22"], /^--to is 2026-11-21 and 2026-11-22. Allowed: one time, and one of endpoint/],
    ["two sinks", ["--to", "stdout", "--to", "endpoint"], /^--to is 2026-11-21 and stdout and endpoint. Allowed/],
    ["a sink twice", ["--to", "stdout", "--to", "stdout"], /^--to is 2026-11-21 and stdout and stdout. Allowed/],
    ["a sink that is none", ["--to", "kafka"], /^--to is 2026-11-21 and kafka. Allowed/],
    ["a bucket", ["--bucket", "No_Bucket"], /^--bucket is "No_Bucket". Allowed: a bucket name/],
    ["a beginning twice", ["--from", "2026-11-19"], /^--from is 2026-11-20 and 2026-11-19. Allowed: one time/],
    ["a time field where times are known", ["--time-field", "t"], /^--time-field has no meaning with --kind archive/],
    ["a time field of refused events", ["--kind", "rejected", "--time-field", "t"], /^--time-field has no meaning/],
    ["a kind", ["--kind", "all"], /^--kind is "all". Allowed: archive, dead-letter, rejected, undelivered/],
    ["an empty log group", ["--log-group", ""], /^--log-group is empty/],
    ["lateness", ["--late-hours", "337"], /^--late-hours is "337". Allowed: 0 to 336/],
    ["lateness in words", ["--late-hours", "-1"], /^--late-hours is "-1"/],
    ["an archive prefix", ["--archive-prefix", "no-slash"], /^--archive-prefix is "no-slash". Allowed: nothing, or/],
    ["an index prefix", ["--index-prefix", "Up"], /^--index-prefix is "Up". Allowed: 1 to 100 of/],
    ["an endpoint", ["--search-endpoint", "search"], /^--search-endpoint .* is of another form. Allowed: an https/],
    ["a stream without its sink", ["--stream", "s"], /^--stream has no meaning with --to endpoint/],
    ["an endpoint without its sink", ["--to", "stdout", "--search-endpoint", "https://x"], /^--search-endpoint has no/],
    ["an index prefix without its sink", ["--to", "stdout", "--index-prefix", "x-"], /^--index-prefix has no meaning/],
    ["a missing stream", ["--to", "stream"], /^--stream is missing. Allowed: the name of a Kinesis stream/],
    ["a stream's ARN", ["--to", "stream", "--stream", "arn:aws:kinesis"], /^--stream is "arn:aws:kinesis". Allowed/],
  ])("refuses %s, says what was given and what is allowed, and nothing else", (_, args, mistake) => {
    expect(mistakes([...REQUIRED, ...args])).toEqual([expect.stringMatching(mistake)]);
  });

  it.each<[string, string, RegExp]>([
    ["a time", "2026-02-30", /^--from is "2026-02-30". Allowed: an ISO 8601/],
    ["an end before the beginning", "2026-11-22", /^--from 2026-11-22 is not before --to 2026-11-21/],
    ["an empty range", "2026-11-21", /^--from 2026-11-21 is not before --to 2026-11-21/],
    ["a range of centuries", "0226-11-20", /is too long. Allowed: up to 3660 days/],
  ])("refuses %s", (_, from, mistake) => {
    const args = ["--bucket", "the-archive", "--from", from, "--to", "2026-11-21"];
    expect(mistakes(args)).toEqual([expect.stringMatching(mistake)]);
  });

  it.each(["https://admin:secret@host", "admin:secret@host"])("never repeats an endpoint: %s", (endpoint) => {
    const refused = [
      mistakes([...REQUIRED, "--search-endpoint", endpoint]),
      mistakes(REQUIRED, { SEARCH_ENDPOINT: endpoint }),
    ];
    for (const said of refused) {
      expect(said).toEqual([expect.stringMatching(/^--search-endpoint .* is of another form. Allowed: an https/)]);
      expect(said.join()).not.toContain("secret");
    }
  });

  it("names everything that is missing, together", () => {
    expect(mistakes([], {})).toEqual([
      expect.stringMatching(/^--bucket is missing/),
      expect.stringMatching(/^--from is missing/),
      expect.stringMatching(/^--to is missing/),
      expect.stringMatching(/^--search-endpoint \(or SEARCH_ENDPOINT in the environment\) is missing/),
    ]);
  });
});
