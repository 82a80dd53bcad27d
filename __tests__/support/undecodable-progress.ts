import { RecordProgress } from "../../core/pipelines/record-progress";
import { kinesisRecord } from "../../core/sources/kinesis/record";
import { kinesisStreamRecord } from "./kinesis";

/** The progress of a record that was read and cannot be decoded. */
export function undecodableProgress(): RecordProgress {
  const record = kinesisRecord(kinesisStreamRecord(1, Buffer.from("junk")));
  const progress = new RecordProgress(record);
  progress.read([], [{ kind: "undecodable", reason: "no", record }]);
  return progress;
}
