import { isDocumentTime, isEventId } from "../../../core/events/limits";
import { ARRIVAL, eventId } from "../../support/kinesis";

describe("isEventId", () => {
  it.each([eventId(5), "x", "x".repeat(495), "\u00e4".repeat(247)])(
    "accepts CloudWatch's ids, and others of which an _id of up to 512 bytes can be made: %j",
    (id) => expect(isEventId(id)).toBe(true),
  );

  it.each(["", "x".repeat(496), "\u00e4".repeat(248), "\ud800", 7, null, undefined])("rejects %j", (id) => {
    expect(isEventId(id)).toBe(false);
  });
});

describe("isDocumentTime", () => {
  it.each([0, 1, ARRIVAL, 253_402_300_799_999])("accepts %d ms as a document's time", (timestamp) => {
    expect(isDocumentTime(timestamp)).toBe(true);
  });

  it.each([-1, 1.5, 253_402_300_800_000, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    "rejects %d, which is no time with a four-digit year",
    (timestamp) => {
      expect(isDocumentTime(timestamp)).toBe(false);
    },
  );
});
