/*
 * Bytes that a gzip header carries in one subfield of its extra field: every reader passes over them.
 * Source: RFC 1952, "GZIP file format specification", 2.3.
 */

/** Magic number, deflate, an extra field and nothing else, no time, no hint, unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff]);

/** The subfield's id, and its length in 16 bits. */
const SUBFIELD_HEADER_BYTES = 2 + 2;

/** Where the data begin: after the header, the extra field's length in 16 bits, and the subfield's own header. */
export const EXTRA_DATA_AT = HEADER.length + 2 + SUBFIELD_HEADER_BYTES;

/** The extra field's length counts the subfield's header. */
export const MAX_EXTRA_DATA_BYTES = 0xffff - SUBFIELD_HEADER_BYTES;

/** Returns a member's header. @param id of the subfield: two letters @param data at most `MAX_EXTRA_DATA_BYTES` */
export function headerWithExtraData(id: string, data: Buffer): Buffer {
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16LE(SUBFIELD_HEADER_BYTES + data.length, 0);
  lengths.writeUInt16LE(data.length, 2);
  return Buffer.concat([HEADER, lengths.subarray(0, 2), Buffer.from(id), lengths.subarray(2), data]);
}

/** Returns the data in the header at the start of `member`; undefined if it is another header, or not whole. */
export function extraDataOf(id: string, member: Buffer): Buffer | undefined {
  if (member.length < EXTRA_DATA_AT) return undefined;
  const end = EXTRA_DATA_AT + member.readUInt16LE(EXTRA_DATA_AT - 2);
  const data = member.subarray(EXTRA_DATA_AT, end);
  return headerWithExtraData(id, data).equals(member.subarray(0, end)) ? data : undefined;
}
