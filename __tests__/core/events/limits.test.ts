import { isDocumentId, isDocumentTime } from "../../../core/events/limits";
import { ARRIVAL, eventId } from "../../support/kinesis";

describe("isDocumentId", () => {
  it.each([eventId(5), "x", "ä".repeat(256)])("accepts CloudWatch's ids, and others of up to 512 bytes: %j", (id) => {
    expect(isDocumentId(id)).toBe(true);
  });

  it.each(["", "x".repeat(513), "ä".repeat(257), "\ud800"])("rejects %j", (id) => {
    expect(isDocumentId(id)).toBe(false);
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
