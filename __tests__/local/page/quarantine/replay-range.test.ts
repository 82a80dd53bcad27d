import type { QuarantinePlace } from "../../../../local/page/quarantine/place";
import { replayedTimeFields, replayRange } from "../../../../local/page/quarantine/replay-range";
import type { ReasonTally } from "../../../../local/page/quarantine/tallies";
import type { QuarantineKind } from "../../../../local/page/shared/quarantine";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const at = (text: string) => Date.parse(`${text}Z`);

const tally = (from: number | undefined, to = from, origin = "foo"): ReasonTally => ({
  ...{ reason: { id: "r", text: "r" }, origin, isUnreadable: false, entries: 1, events: 1, latest: from },
  ...{ from, to, ids: [], found: [] },
});

function rangeOf(kind: QuarantineKind, key: string, tallies: ReasonTally[], origin?: string) {
  const place: QuarantinePlace = { kind, bucket: "b", prefix: "", archivePrefix: "" };
  return replayRange([{ place, objects: [{ key, bytes: 1, eTag: "", modified: 0, tallies }] }], origin, NOW);
}

const REJECTED = "rejected/2026/11/28/11/foo/s-1.gz";

describe("replayRange", () => {
  it("takes the whole hours of the events' times", () => {
    const tallies = [tally(at("2026-11-28T10:15:00")), tally(at("2026-11-28T11:00:00"))];
    expect(rangeOf("rejected", REJECTED, tallies)).toEqual({
      from: "2026-11-28T10",
      to: "2026-11-28T12",
      lateHours: 1,
    });
  });

  it("lists as many hours as the events arrived late", () => {
    expect(rangeOf("rejected", REJECTED, [tally(at("2026-11-28T05:59:59"))])).toEqual({
      ...{ from: "2026-11-28T05", to: "2026-11-28T06", lateHours: 6 },
    });
    // A replay adds the age of a batch itself.
    const batch = "aws/lambda/m/shardId-0/2026/11/28/2026-11-28T11.00.00-x";
    expect(rangeOf("undelivered", batch, [tally(at("2026-11-22T05:59:59"))])?.lateHours).toBe(1);
    expect(rangeOf("undelivered", batch, [tally(at("2026-11-20T22:59:59"))])?.lateHours).toBe(2);
    expect(rangeOf("rejected", REJECTED, [tally(at("2026-01-28T05:59:59"))])?.lateHours).toBe(360);
  });

  it("is of one log group, where the command has an option for it", () => {
    const tallies = [tally(at("2026-11-28T10:15:00")), tally(at("2026-11-28T08:00:00"), undefined, "bar")];
    expect(rangeOf("rejected", REJECTED, tallies, "foo")?.from).toBe("2026-11-28T10");
    expect(rangeOf("dead-letter", REJECTED, tallies, "foo")?.from).toBe("2026-11-28T08");
  });

  it("leaves out what says an impossible time, or none", () => {
    expect(rangeOf("rejected", REJECTED, [tally(at("9999-01-01T00:00:00")), tally(undefined)])).toBeUndefined();
    expect(rangeOf("rejected", REJECTED, [])).toBeUndefined();
  });

  it("offers none for Firehose", () => {
    expect(rangeOf("firehose", REJECTED, [tally(at("2026-11-28T10:15:00"))])).toBeUndefined();
  });
});

describe("replayedTimeFields", () => {
  const timeFields = new Map([
    ["stream-a", "at"],
    ["stream-b", ""],
    ["stream-c", "at"],
  ]);
  const fieldsOf = (kind: QuarantineKind, objects: string[][], origin?: string) => {
    const place: QuarantinePlace = { kind, bucket: "b", prefix: "", archivePrefix: "", timeFields };
    const read = objects.map((origins, n) => ({
      ...{ key: `${n}`, bytes: 1, eTag: "", modified: 0 },
      tallies: origins.map((one) => tally(NOW, NOW, one)),
    }));
    return replayedTimeFields([{ place, objects: read }], origin);
  };

  it("are those of the streams whose records are replayed, each once", () => {
    expect(fieldsOf("dead-letter", [["stream-a"], ["stream-c"]])).toEqual(["at"]);
    expect(fieldsOf("dead-letter", [["stream-a"], ["stream-b"]], "stream-a")).toEqual(["at", ""]);
    expect(fieldsOf("undelivered", [["foo"], ["constructor"]])).toEqual([]);
  });

  it("are of one log group those of its batches, which are replayed as a whole", () => {
    const objects = [["foo", "stream-a"], ["bar"], ["stream-b"]];
    expect(fieldsOf("undelivered", objects, "foo")).toEqual(["at"]);
    expect(fieldsOf("undelivered", objects, "bar")).toEqual([]);
    expect(fieldsOf("undelivered", objects)).toEqual(["at", ""]);
  });
});
