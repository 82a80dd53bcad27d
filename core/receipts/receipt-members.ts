import { deflateRawSync, inflateRawSync } from "node:zlib";

/*
 * Gzip members that inflate to nothing and carry bytes: every reader skips them. Source: RFC 1952, "GZIP file format specification":
 * a header with FEXTRA, one subfield, and an empty block.
 */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255]);
const SUBFIELD_ID = Buffer.from("LR");
/** XLEN, then the subfield's id and its length. */
const EXTRA_BYTES = 2 + SUBFIELD_ID.length + 2;
const DATA_AT = HEADER.length + EXTRA_BYTES;
/** An empty block, the CRC and the size. */
const END = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** XLEN has 16 bits, and counts the subfield's id and length. */
const MAX_DATA_BYTES = 0xffff - (SUBFIELD_ID.length + 2);

/** Returns members that carry a text, compressed. */
export function receiptMembers(text: string): Buffer {
  const data = deflateRawSync(text);
  const members: Buffer[] = [];
  for (let at = 0; at < data.length; at += MAX_DATA_BYTES) members.push(member(data.subarray(at, at + MAX_DATA_BYTES)));
  return Buffer.concat(members);
}

function member(data: Buffer): Buffer {
  const extra = Buffer.alloc(EXTRA_BYTES);
  extra.writeUInt16LE(SUBFIELD_ID.length + 2 + data.length, 0);
  SUBFIELD_ID.copy(extra, 2);
  extra.writeUInt16LE(data.length, 2 + SUBFIELD_ID.length);
  return Buffer.concat([HEADER, extra, data, END]);
}

/** Returns the text that members carry; undefined for bytes that are anything else. */
export function textOfMembers(members: Buffer): string | undefined {
  const pieces: Buffer[] = [];
  for (let at = 0; at < members.length; ) {
    if (members.length < at + DATA_AT) return undefined;
    const data = members.subarray(at + DATA_AT, at + DATA_AT + members.readUInt16LE(at + DATA_AT - 2));
    const end = at + DATA_AT + data.length + END.length;
    if (!members.subarray(at, end).equals(member(data))) return undefined;
    pieces.push(data);
    at = end;
  }
  try {
    return inflateRawSync(Buffer.concat(pieces)).toString();
  } catch {
    return undefined;
  }
}
