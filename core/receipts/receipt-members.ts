import { deflateRawSync, inflateRawSync } from "node:zlib";
import { EXTRA_DATA_AT, extraDataOf, headerWithExtraData, MAX_EXTRA_DATA_BYTES } from "../gzip/extra-field";

/** Of the members' headers. */
const SUBFIELD_ID = "LR";

/** An empty block, the CRC and the size: the members inflate to nothing. */
const END = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** Returns members that carry a text, compressed. */
export function receiptMembers(text: string): Buffer {
  const data = deflateRawSync(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < data.length; at += MAX_EXTRA_DATA_BYTES) {
    pieces.push(headerWithExtraData(SUBFIELD_ID, data.subarray(at, at + MAX_EXTRA_DATA_BYTES)), END);
  }
  return Buffer.concat(pieces);
}

/** Returns the text that members carry; undefined for bytes that are anything else. */
export function textOfMembers(members: Buffer): string | undefined {
  const pieces: Buffer[] = [];
  for (let at = 0; at < members.length; ) {
    const data = extraDataOf(SUBFIELD_ID, members.subarray(at));
    if (!data) return undefined;
    const endAt = at + EXTRA_DATA_AT + data.length;
    at = endAt + END.length;
    if (!members.subarray(endAt, at).equals(END)) return undefined;
    pieces.push(data);
  }
  try {
    return inflateRawSync(Buffer.concat(pieces)).toString();
  } catch {
    return undefined;
  }
}
