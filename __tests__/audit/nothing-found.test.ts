import { gzipSync } from "node:zlib";
import type { Bucket } from "../../archive/bucket";
import type { AuditArguments } from "../../audit/arguments/arguments";
import { objectsBeside } from "../../audit/beside";
import type { CompareIo } from "../../audit/comparison";
import { explainNothing } from "../../audit/nothing-found";
import { AuditReport } from "../../audit/report";
import { jsonReport } from "../../audit/report-json";
import { auditText } from "../../audit/report-text";
import { HOUR_MS } from "../../core/events/durations";
import { AUDITED, Audited } from "../support/audited";
import { ARRIVAL, envelope, kinesisEvent, logEvent } from "../support/kinesis";

const lastLine = (text: string) => text.split("\n").at(-1);

/** Hours after that of the events. */
const hoursLater = (from: number, to: number) => ({ fromMs: ARRIVAL + from * HOUR_MS, toMs: ARRIVAL + to * HOUR_MS });

describe("an audit that finds nothing", () => {
  let audited: Audited;
  beforeEach(async () => {
    audited = await Audited.start();
    await audited.deliver([kinesisEvent(envelope([logEvent(1)]))]);
  });
  afterEach(() => audited.s3.stop());

  async function auditOf(args: Partial<AuditArguments>): Promise<{ report: AuditReport; text: string | undefined }> {
    const report = await audited.audit(args);
    return { report, text: lastLine(auditText(report, { ...AUDITED, ...args })) };
  }

  it("is of a log group that nobody knows, and names those that the archive has", async () => {
    const { report, text } = await auditOf({ selection: { ...AUDITED.selection, logGroup: "typo" } });
    expect(report.nothingFound?.isKnown).toBe(false);
    expect(text).toBe(
      "Nothing was found to compare: neither archive nor index knows the log group typo. Check --log-group. By its keys, the archive has of these 2 hours: log groups foo.",
    );
    const [line, summary] = jsonReport(report).split("\n").slice(-2);
    expect(JSON.parse(line!)).toEqual({
      ...{ kind: "nothing-found", known: false, future: false, hours: 2, log_groups: ["foo"], streams: [] },
    });
    expect(JSON.parse(summary!)).toMatchObject({ kind: "summary", agrees: false });
  });

  it.each<[string, Partial<AuditArguments>, (() => void)?]>([
    ["the index", {}, () => audited.s3.objects.clear()],
    ["the archive", {}, () => audited.searched.documents.clear()],
    [
      "the index settings",
      { endpoint: { ...AUDITED.endpoint, messages: new Map([["foo", {} as never]]) } },
      () => {
        audited.s3.objects.clear();
        audited.searched.documents.clear();
      },
    ],
  ])("agrees where it is of a log group that %s knows, which was quiet", async (_, args, prepare) => {
    prepare?.();
    audited.nowMs = ARRIVAL + 30 * HOUR_MS;
    const { report, text } = await auditOf({ ...args, selection: { ...hoursLater(24, 25), logGroup: "foo" } });
    expect([report.nothingFound?.isKnown, report.isClean]).toEqual([true, true]);
    expect(text).toBe(
      "Nothing was found to compare: neither archive nor index has an event of these times, of the log group foo. The archive has nothing of this hour.",
    );
  });

  it("agrees for all log groups if the bucket has an archive, and knows none if it has not", async () => {
    audited.nowMs = ARRIVAL + 30 * HOUR_MS;
    expect((await auditOf({ selection: hoursLater(24, 25) })).report.nothingFound?.isKnown).toBe(true);
    const { report, text } = await auditOf({ selection: hoursLater(24, 25), archivePrefix: "logs/" });
    expect(report.nothingFound?.isKnown).toBe(false);
    expect(text).toContain("no object is under audited/logs/archive/. Check --bucket and --archive-prefix.");
  });

  it("says of times that are still to come that they are", async () => {
    const { report, text } = await auditOf({ selection: { ...hoursLater(24, 25), logGroup: "foo" } });
    expect(report.nothingFound).toEqual({ isKnown: false, isFuture: true });
    expect(text).toBe("Nothing was found to compare: these times are still to come. Check --from.");
  });

  it("knows no account that the index does not have", async () => {
    const { report, text } = await auditOf({ selection: { ...AUDITED.selection, account: "999999999999" } });
    expect(report.nothingFound?.isKnown).toBe(false);
    expect(text).toContain("knows the account 999999999999. Check --account.");
  });

  it("names streams that log groups share, and a bounded number of names", async () => {
    const places = ["stream=all", ...Array.from({ length: 25 }, (_, n) => `group-${n + 10}`)];
    for (const place of places) {
      audited.s3.put(`archive/2026/11/21/02/${place}/shardId-000000000000-1.gz`, gzipSync(Buffer.alloc(0)));
    }
    const { text } = await auditOf({ selection: { ...AUDITED.selection, logGroup: "typo" } });
    expect(text).toMatch(/: log groups foo, group-10, .*, group-28 and 6 more; streams that log groups share all\.$/);
  });

  it("lists a bounded number of hours of a long range, the latest", async () => {
    const listed: string[] = [];
    const folders = async (prefix: string) => {
      listed.push(prefix);
      return [];
    };
    const selection = { fromMs: 0, toMs: ARRIVAL, logGroup: "foo" };
    const io = { args: { ...AUDITED, selection }, bucket: { folders }, index: { hasAny: async () => true } };
    const report = new AuditReport(() => {});
    await explainNothing(report, io as unknown as CompareIo, ARRIVAL + HOUR_MS);
    expect([listed.length, listed.at(-1)]).toEqual([72, "archive/2026/11/21/02/"]);
    expect(report.nothingFound?.places?.hours).toBe(72);
  });

  it("is not one that has mended what it found", async () => {
    audited.s3.objects.clear();
    const { report } = await auditOf({ heal: { isDone: true, deletes: true } });
    expect(report.healed.removed).toBe(1);
    expect(report.nothingFound).toBeUndefined();
  });
});

describe("the dead letters beside an audit", () => {
  it("are those that arrived in its hours", async () => {
    const keys = ["02", "03", "04", "05"].map((hour) => `dead-letter/2026/11/21/${hour}/all/shardId-000000000000-1`);
    const bucket = {
      ...{ name: "audited", folders: async () => [] },
      async *list(prefix: string) {
        for (const key of keys.filter((each) => each.startsWith(prefix))) yield { key, etag: '"e"', bytes: 1 };
      },
    } as unknown as Bucket;
    const selection = { fromMs: Date.UTC(2026, 10, 21, 3, 30), toMs: Date.UTC(2026, 10, 21, 5) };
    expect(await objectsBeside(bucket, { ...AUDITED, selection })).toEqual([
      { kind: "dead-letter", prefix: "dead-letter/2026/11/21/03/", objects: 1 },
      { kind: "dead-letter", prefix: "dead-letter/2026/11/21/04/", objects: 1 },
    ]);
  });
});
