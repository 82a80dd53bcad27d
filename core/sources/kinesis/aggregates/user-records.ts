import { createHash } from "node:crypto";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type Undecodable, undecodable } from "../../../events/undecodable";
import { MAGIC } from "./magic";

const MD5_BYTES = 16;

/** `AggregatedRecord.records` and `Record.data`. The keys of the user records, and their tags, are skipped. */
const RECORDS = 3;
const DATA = 3;

/**
 * Returns the data of each user record in an aggregate, in order: slices of `data`.
 *
 * @param maxRecords maximum number of user records
 */
export function userRecords(data: Buffer, maxRecords: number): Buffer[] | Undecodable {
  const message = data.subarray(MAGIC.length, -MD5_BYTES);
  const checksum = createHash("md5").update(message).digest();
  if (!data.subarray(MAGIC.length + message.length).equals(checksum))
    return undecodable("an aggregate with a wrong MD5");
  try {
    const records = fieldsOf(message, RECORDS, maxRecords);
    if (records.length === 0) return undecodable("an aggregate without user records");
    if (records.length > maxRecords) return undecodable(`an aggregate of more than ${maxRecords} user records`);
    return records.map((record) => {
      const value = fieldsOf(record, DATA).at(-1);
      if (!value) throw new Error("a user record has no data");
      return value;
    });
  } catch (error) {
    return undecodable(`no aggregate: ${(error as Error).message}`);
  }
}

/** Returns the values of a field of type bytes, or of a message's, at most one more than `max`. */
function fieldsOf(message: Buffer, field: number, max = Number.POSITIVE_INFINITY): Buffer[] {
  const reader = new BinaryReader(message);
  const values: Buffer[] = [];
  while (reader.pos < reader.len && values.length <= max) {
    const [number, type] = reader.tag();
    if (number === field && type === WireType.LengthDelimited) {
      const { buffer, byteOffset, byteLength } = reader.bytes();
      values.push(Buffer.from(buffer, byteOffset, byteLength));
    } else {
      reader.skip(type, number);
    }
  }
  return values;
}
