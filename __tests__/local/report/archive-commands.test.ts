import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAuditArguments } from "../../../audit/arguments/arguments";
import { auditCommandLine } from "../../../audit/arguments/options";
import { defaultNames } from "../../../core/settings/index-settings";
import { auditCommand, replayCommand } from "../../../local/report/archive-commands";
import { parseArguments } from "../../../replay/arguments/arguments";
import { replayCommandLine } from "../../../replay/arguments/options";
import { INDEX_SETTINGS } from "../../support/changed-names";

const archive = { bucket: "the-archive", prefix: "" };
const searchEndpoint = "http://127.0.0.1:9200";
const from = new Date("2026-11-21T03:00:00.500Z");
const to = new Date("2026-11-21T03:10:00.000Z");

/** What `npm run replay` understands, where no word needs quotes. */
function understood(line: string) {
  const words = line.slice(line.indexOf(" -- ") + 4).split(" ");
  return parseArguments(replayCommandLine().parse(words, { from: "user" }));
}

describe("replayCommand", () => {
  it("replays every event from the first to the last, into their index", () => {
    expect(understood(replayCommand({ archive, searchEndpoint, from, to }))).toEqual({
      ...{ bucket: "the-archive", archivePrefix: "", kind: "archive", lateHours: 1, timeField: "" },
      ...{ recordMaxBytes: 32 * 1024 ** 2, objectMaxBytes: 16 * 1024 ** 2 },
      selection: { fromMs: Date.parse("2026-11-21T03:00:00Z"), toMs: Date.parse("2026-11-21T03:10:01Z") },
      sink: { to: "endpoint", searchEndpoint, names: defaultNames("cwl-") },
    });
  });

  it("includes events that arrived long after their own time, as late as CloudWatch Logs accepts them", () => {
    const lateHours = (arrived: string) =>
      understood(replayCommand({ archive, searchEndpoint, from, to, arrived: new Date(arrived) })).lateHours;
    expect(lateHours("2026-11-21T03:50:00Z")).toBe(1);
    expect(lateHours("2026-11-21T05:30:00Z")).toBe(3);
    expect(lateHours("2026-12-24T00:00:00Z")).toBe(360);
  });

  it("has the archive's prefix and the names of indices where the pipeline has its own", () => {
    const folder = mkdtempSync(join(tmpdir(), "replay-command-"));
    const indexSettings = join(folder, "index-settings.json");
    writeFileSync(indexSettings, JSON.stringify(INDEX_SETTINGS));
    const line = replayCommand({
      ...{ archive: { ...archive, prefix: "logs/" }, searchEndpoint, from, to, indexSettings },
    });
    const { archivePrefix, sink } = understood(line);
    rmSync(folder, { recursive: true });
    expect([archivePrefix, sink]).toMatchObject(["logs/", { names: { prefix: "logs-", period: "week" } }]);
  });

  it("is one command, for any values", () => {
    const line = replayCommand({ archive: { ...archive, prefix: "it's $HOME/" }, searchEndpoint, from, to });
    expect(line).toContain("--archive-prefix 'it'\\''s $HOME/'");
  });
});

describe("auditCommand", () => {
  it("compares the same events, whichever of them arrived last, and nothing else", () => {
    // Two hours after the latest event, but more after the earliest.
    const arrived = new Date("2026-11-21T05:05:00Z");
    const line = auditCommand({ archive: { ...archive, prefix: "logs/" }, searchEndpoint, from, to, arrived });
    const words = line.slice(line.indexOf(" -- ") + 4).split(" ");
    expect(line).toContain(" audit -- ");
    expect(parseAuditArguments(auditCommandLine().parse(words, { from: "user" }))).toMatchObject({
      ...{ bucket: "the-archive", archivePrefix: "logs/", lateHours: 3 },
      selection: { fromMs: Date.parse("2026-11-21T03:00:00Z"), toMs: Date.parse("2026-11-21T03:10:01Z") },
    });
  });
});
