import type { QuarantinePlace } from "../../../../local/page/quarantine/place";
import { buttonArguments, replayCommandLines } from "../../../../local/page/quarantine/replay-command";
import { replayRequestOf } from "../../../../local/page/quarantine/replay-request";
import type { ReplayRequest } from "../../../../local/page/shared/quarantine";
import { parseArguments } from "../../../../replay/arguments/arguments";
import { replayCommandLine } from "../../../../replay/arguments/options";

const AROUND = { searchEndpoint: "http://127.0.0.1:9200", directory: "/a dir", stackDirectory: "/a dir/stack" };
const RANGE = { from: "2026-11-28T10", to: "2026-11-28T12" };
const rejected: ReplayRequest = { ...RANGE, kind: "rejected", isDryRun: false };
const place: QuarantinePlace = {
  kind: "rejected",
  bucket: "archive",
  prefix: "logs/rejected/",
  archivePrefix: "logs/",
};

describe("buttonArguments", () => {
  it("are those of the command", () => {
    const request = { ...rejected, origin: "--dry-run" };
    expect(buttonArguments({ request, place, lateHours: 6 }, AROUND).join(" ")).toBe(
      "--bucket archive --kind rejected --from 2026-11-28T10 --to 2026-11-28T12 --archive-prefix logs/ " +
        "--log-group --dry-run --late-hours 6 --search-endpoint http://127.0.0.1:9200 --index-settings /a dir/index-settings.json",
    );
  });

  it("are understood by the command: of access logs a dry run into the queue", () => {
    const words = buttonArguments(
      {
        request: { ...rejected, kind: "access-logs", origin: "my-logs", isDryRun: true },
        place: {
          kind: "access-logs",
          bucket: "archive",
          prefix: "",
          archivePrefix: "",
          queueUrl: "http://127.0.0.1:1/q",
        },
        lateHours: 1,
      },
      AROUND,
    );
    const args = parseArguments(replayCommandLine().parse(["node", "replay", ...words]));
    expect(args).toMatchObject({ kind: "access-logs", bucket: "archive", lateHours: 1 });
    expect(args).not.toHaveProperty("sink");
  });

  it("name the time field of a stream's records, and are understood by the command", () => {
    const request = { ...rejected, kind: "undelivered" } as const;
    const asked = { request, place: { ...place, kind: "undelivered" } as const, lateHours: 1, timeField: "a.at" };
    const words = buttonArguments(asked, AROUND).slice(0, -2);
    expect(parseArguments(replayCommandLine().parse(["node", "replay", ...words])).timeField).toBe("a.at");
  });

  it("take any log group's name as a name", () => {
    const words = buttonArguments({ request: { ...rejected, origin: "--kind" }, place, lateHours: 1 }, AROUND).slice(
      0,
      -2,
    );
    expect(parseArguments(replayCommandLine().parse(["node", "replay", ...words])).selection.logGroup).toBe("--kind");
  });
});

describe("replayCommandLines", () => {
  it("does the same in a shell", () => {
    const text = replayCommandLines({ request: { ...rejected, origin: "a 'b' $(c)" }, place, lateHours: 1 }, AROUND);
    const [source, settings, command] = text.split("\n") as [string, string, string];
    expect(source).toBe("source '/a dir/env.sh'");
    expect(settings).toBe("terraform -chdir='/a dir/stack' output -json index_settings > '/a dir/index-settings.json'");
    expect(command).toMatch(/^npm run --prefix \S+ replay -- --bucket archive --kind rejected /);
    expect(command).toContain(` --log-group 'a '\\''b'\\'' $(c)' `);
  });
});

describe("replayRequestOf", () => {
  it("takes what the page sends", () => {
    expect(replayRequestOf({ ...rejected, origin: "foo" })).toEqual({ ...rejected, origin: "foo" });
  });

  it("lists all that is wrong", () => {
    const given = { kind: "archive", from: "--help", to: 1, isDryRun: "no", origin: "a\0" };
    expect(() => replayRequestOf(given)).toThrow(
      /^kind is "archive"\. .*\nfrom is "--help"\. .*\nto is 1\. .*\nisDryRun is "no"\. .*\norigin is "a\\u0000"\. /,
    );
    expect(() => replayRequestOf(null)).toThrow("kind is undefined");
  });
});
