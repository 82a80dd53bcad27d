import { createHash } from "node:crypto";
import fc from "fast-check";
import { documentId, eventIdOf, MAX_EVENT_ID_BYTES } from "../../../core/events/document-id";
import { eventId } from "../../support/kinesis";

const text = fc.string({ unit: "binary", maxLength: 20 });

describe("documentId", () => {
  it("appends 96 bits of the SHA-256 of account and log group to the event's id", () => {
    const hash = createHash("sha256").update('["111111111111","foo"]').digest().subarray(0, 12).toString("base64url");
    expect(documentId(eventId(1), { owner: "111111111111", logGroup: "foo" })).toBe(`${eventId(1)}.${hash}`);
  });

  it("differs between any two accounts or log groups, even if their names joined are the same", () => {
    const pair = fc.record({ owner: text, logGroup: text });
    const split = fc
      .tuple(text, fc.nat(20), fc.nat(20))
      .map(([whole, ...ats]) => ats.map((at) => ({ owner: whole.slice(0, at), logGroup: whole.slice(at) })));
    fc.assert(
      fc.property(fc.oneof(fc.tuple(pair, pair), split), ([one, other]) => {
        const isSame = one!.owner === other!.owner && one!.logGroup === other!.logGroup;
        expect(documentId("1", one!) === documentId("1", other!)).toBe(isSame);
      }),
    );
  });

  it("has at most 512 bytes, and contains the event's id", () => {
    const id = "\u00e4".repeat(Math.floor(MAX_EVENT_ID_BYTES / 2));
    const _id = documentId(id, { owner: "x".repeat(512), logGroup: "y".repeat(512) });
    expect(Buffer.byteLength(_id)).toBeLessThanOrEqual(512);
    expect(eventIdOf(_id)).toBe(id);
  });
});
