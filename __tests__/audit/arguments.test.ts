import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAuditArguments } from "../../audit/arguments/arguments";
import { auditCommandLine } from "../../audit/arguments/options";
import { replayArguments } from "../../audit/arguments/replay-arguments";

const REQUIRED = ["--bucket", "my-archive", "--from", "2026-11-20", "--to", "2026-11-21"];
const ENDPOINT = ["--search-endpoint", "https://search.example.com"];

const parsed = (...args: string[]) =>
  parseAuditArguments(auditCommandLine().parse(["node", "audit", ...args]) as ReturnType<typeof auditCommandLine>);

/** The errors of a command line, one a line. */
function errorsOf(...args: string[]): string[] {
  try {
    parsed(...args);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
}

describe("the objects that an audit reads", () => {
  it("are of no hours that have not begun, however late events may be", () => {
    const args = parsed(...REQUIRED, ...ENDPOINT, "--late-hours", "360");
    const lateHoursOf = (toMs: number) => replayArguments(args, "archive", { fromMs: 0, toMs }).lateHours;
    const hour = 3_600_000;

    expect(lateHoursOf(Date.now() - 10.5 * hour)).toBe(12);
    expect(lateHoursOf(Date.now() + 9 * hour)).toBe(0);
    expect(lateHoursOf(Date.now() - 1_000 * hour)).toBe(360);
  });
});

describe("the command line of an audit", () => {
  it("has defaults that change nothing", () => {
    expect(parsed(...REQUIRED, ...ENDPOINT)).toMatchObject({
      ...{ bucket: "my-archive", lateHours: 1, isDeep: false, isJson: false },
      selection: { fromMs: Date.UTC(2026, 10, 20), toMs: Date.UTC(2026, 10, 21) },
    });
    expect(parsed(...REQUIRED, ...ENDPOINT).heal).toBeUndefined();
    expect(parsed(...REQUIRED, ...ENDPOINT, "--heal").heal).toEqual({ isDone: false, deletes: false });
  });

  it("reads the archive as late as events can arrive where it removes documents", () => {
    const { heal, lateHours } = parsed(...REQUIRED, ...ENDPOINT, "--heal", "--delete", "--yes");
    expect([heal, lateHours]).toEqual([{ isDone: true, deletes: true }, 360]);
  });

  it("reports all errors together", () => {
    expect(errorsOf("--from", "2026-11-21", "--to", "2026-11-20", "--yes", "--delete", "--late-hours", "2")).toEqual([
      expect.stringMatching(/^- --bucket is missing/),
      "- --from 2026-11-21T00:00:00Z --to 2026-11-20T00:00:00Z: --from must be before --to.",
      "- --yes applies only to --heal.",
      "- --delete applies only to --heal.",
      expect.stringMatching(/^- --late-hours 2 with --delete: .* Allowed: 360/),
      expect.stringMatching(/^- --search-endpoint .* is missing/),
    ]);
  });

  describe("of access logs", () => {
    const folder = mkdtempSync(join(tmpdir(), "audit-"));
    afterAll(() => rmSync(folder, { recursive: true }));

    const VARIABLES = {
      ...{ SEARCH_ENDPOINT: "https://search.example.com", QUARANTINE_BUCKET: "my-archive", QUARANTINE_PREFIX: "logs/" },
      ACCESS_LOG_SOURCES: '[{"name":"alb","bucket":"my-logs","prefix":"alb/"}]',
      QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/123456789012/access-logs",
    };
    const fileOf = (content: unknown): string => {
      const path = join(folder, "variables.json");
      writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
      return path;
    };
    const args = (content: unknown, ...more: string[]) => [
      ...["--kind", "backfill", "--bucket", "my-logs", "--from", "2026-11-20", "--to", "2026-11-21"],
      ...["--function-variables", fileOf(content), ...more],
    ];

    it("have endpoint, quarantine and queue from the function, unless others are given", () => {
      const { accessLogs, archivePrefix, endpoint } = parsed(...args(VARIABLES, "--prefix", "alb/2026/"));
      expect([accessLogs?.prefix, accessLogs?.queueUrl, archivePrefix]).toEqual([
        "alb/2026/",
        VARIABLES.QUEUE_URL,
        "logs/",
      ]);
      expect(endpoint.searchEndpoint).toBe("https://search.example.com");
      const other = "https://sqs.eu-central-1.amazonaws.com/123456789012/other";
      const given = parsed(...args(VARIABLES, "--queue-url", other, "--search-endpoint", "http://localhost:9200"));
      expect([given.accessLogs?.queueUrl, given.endpoint.searchEndpoint]).toEqual([other, "http://localhost:9200"]);
    });

    it("need no late hours where documents are removed", () => {
      expect(parsed(...args(VARIABLES, "--heal", "--delete")).lateHours).toBe(1);
    });

    it("report all errors together", () => {
      expect(errorsOf(...REQUIRED, ...ENDPOINT, "--prefix", "a", "--queue-url", "b")).toEqual([
        "- --prefix applies only to --kind backfill.",
        "- --queue-url applies only to --kind backfill.",
      ]);
      const wrong = ["--log-group", "foo", "--index-prefix", "x-", "--prefix", "elb/", "--queue-url", "nowhere"];
      expect(errorsOf(...args(VARIABLES, ...wrong))).toEqual([
        expect.stringMatching(/^- --log-group does not apply to --kind backfill/),
        expect.stringMatching(/^- --index-prefix does not apply to --kind backfill/),
        expect.stringMatching(/^- --bucket my-logs --prefix elb\/: no source of .* Allowed: s3:\/\/my-logs\/alb\/\.$/),
        expect.stringMatching(/^- --queue-url is .*nowhere/),
      ]);
      expect(errorsOf(...REQUIRED, "--kind", "backfill")).toEqual([
        expect.stringMatching(/^- --function-variables is missing with --kind backfill/),
      ]);
      expect(errorsOf(...args('["a"]'))).toEqual([
        expect.stringMatching(/^- --function-variables .* is no JSON object of texts. Allowed: what `aws lambda/),
      ]);
      expect(errorsOf(...args({ ...VARIABLES, INDEX_PERIOD: "year", RULES: "[" }))).toEqual([
        expect.stringMatching(/^- --function-variables .*: INDEX_PERIOD is "year"/),
        expect.stringMatching(/^- --function-variables .*: RULES is/),
      ]);
      expect(errorsOf(...REQUIRED, ...ENDPOINT, "--kind", "rejected")).toEqual([expect.stringMatching(/--kind/)]);
    });
  });
});
