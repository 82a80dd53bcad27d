import fc from "fast-check";
import { archiveObjects, storablePrefix } from "../../../core/pipelines/kinesis-to-archive";
import { RecordProgress } from "../../../core/pipelines/record-progress";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { envelope, kinesisStreamRecord, logEvent } from "../../support/kinesis";

const KINDS = ["foo", "bar", "foo, rejected", "bar, rejected", "poison", "control"] as const;
type Kind = (typeof KINDS)[number];

/** A settled record: events of one of two log groups, one of them rejected or none, poison, or a control message. */
function settled(kind: Kind, n: number): RecordProgress {
  const logGroup = kind.slice(0, 3);
  const progress = new RecordProgress(kinesisRecord(kinesisStreamRecord(n, envelope([logEvent(n)], { logGroup }))));
  const { record } = progress;
  if (kind === "control") progress.read([]);
  else if (kind === "poison") progress.read([], [{ kind: "undecodable", reason: "no", record }]);
  else {
    progress.read([{ logGroup, events: 1, member: record.data, receipt: [] }]);
    if (kind.endsWith("rejected")) progress.rejected({ position: 0, rejection: "no" });
    else progress.delivered(1);
  }
  return progress;
}

const storable = (kinds: Kind[], maxObjects: number) => storablePrefix(kinds.map(settled), maxObjects).length;

describe("storablePrefix", () => {
  it("counts one object for a log group, however many records it has", () => {
    expect(storable(["foo", "foo", "foo", "bar", "foo"], 1)).toBe(3);
    expect(storable(["foo", "foo", "foo", "bar", "foo"], 2)).toBe(5);
  });

  it("counts one more for what was rejected of a log group", () => {
    expect(storable(["foo", "foo, rejected", "foo, rejected"], 1)).toBe(1);
    expect(storable(["foo", "foo, rejected", "foo, rejected"], 2)).toBe(3);
    expect(storable(["foo, rejected", "bar", "bar, rejected"], 3)).toBe(2);
  });

  it("counts one for each record that cannot be read, and none for a control message", () => {
    expect(storable(["poison", "control", "poison", "control", "poison"], 2)).toBe(4);
  });

  it("takes the first record even if it alone needs more", () => {
    expect(storable(["foo, rejected"], 1)).toBe(1);
    expect(storable(["foo, rejected", "foo"], 1)).toBe(1);
  });

  it("counts one object for all log groups of a stream, if that is the layout, and one for what was rejected", () => {
    const kinds: Kind[] = ["control", "foo", "bar", "foo", "bar, rejected", "foo, rejected", "poison"];
    const lengths = [1, 2, 3].map((max) => storablePrefix(kinds.map(settled), max, "stream").length);
    expect(lengths).toEqual([4, 6, 7]);
  });

  it.each(["log-group", "stream"] as const)(
    "is the longest prefix of which archiveObjects makes no more objects, by %s",
    (archiveLayout) => {
      const settings = { recordMaxBytes: 1024 * 1024, timeField: "", archiveLayout };
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 8 }),
          fc.nat(8),
          (kinds, maxObjects) => {
            const records = kinds.map(settled);
            const lengths = records.map((_, i) => archiveObjects("", records.slice(0, i + 1), settings).length);
            const fitting = lengths.filter((objects) => objects <= maxObjects).length;
            expect(storablePrefix(records, maxObjects, archiveLayout)).toEqual(records.slice(0, Math.max(1, fitting)));
          },
        ),
      );
    },
  );
});
