import { parseAuditArguments } from "../../audit/arguments/arguments";
import { auditCommandLine } from "../../audit/arguments/options";

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
});
