import { kinesisRecord } from "../../core/sources/kinesis/record";
import type { ReplayRecord } from "../../replay/records";
import { kinesisStreamRecord } from "./kinesis";

/** A record that was read and cannot be decoded. */
export function undecodableRecord(): ReplayRecord {
  const record = kinesisRecord(kinesisStreamRecord(1, Buffer.from("junk")));
  return {
    origin: record,
    envelopes: [],
    original: { record, parts: [{ kind: "undecodable", reason: "no", record }] },
  };
}
