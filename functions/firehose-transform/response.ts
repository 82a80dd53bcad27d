import type { FirehoseTransformationResultRecord } from "aws-lambda";
import type { FirehoseRecord } from "../../core/sources/firehose/firehose-record";

/**
 * Maximum size of a response, in bytes: Lambda refuses a larger one, and Firehose then fails the whole batch.
 *
 * Source: Firehose Developer Guide, "Transform source data": 6 MB. AWS's own function for CloudWatch Logs stops at 6,000,000, too.
 */
const MAX_RESPONSE_BYTES = 6_000_000;

type Result = FirehoseTransformationResultRecord;

/** Of the comma between two records. */
const SEPARATOR_BYTES = 1;

/**
 * The response of a transformation: a result for each record. It never exceeds what a response may have, because a record that has no
 * room for its documents fails, and room for that is kept: a request has the same data.
 */
export class TransformResponse {
  readonly records: Result[] = [];
  #left: number;

  constructor(records: readonly FirehoseRecord[]) {
    const bytes = records.reduce((sum, record) => sum + bytesOf(failed(record)), bytesOf({ records: [] }));
    this.#left = MAX_RESPONSE_BYTES - bytes;
  }

  /** @returns false, and adds nothing, if there is no room for `data` */
  ok(record: FirehoseRecord, data: Buffer): boolean {
    const result: Result = { recordId: record.id, result: "Ok", data: data.toString("base64") };
    const more = bytesOf(result) - bytesOf(failed(record));
    if (more > this.#left) return false;
    this.#left -= more;
    this.records.push(result);
    return true;
  }

  dropped({ id }: FirehoseRecord): void {
    this.records.push({ recordId: id, result: "Dropped" });
  }

  failed(record: FirehoseRecord): void {
    this.records.push(failed(record));
  }
}

const failed = ({ id, base64 }: FirehoseRecord): Result => ({ recordId: id, result: "ProcessingFailed", data: base64 });

const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value)) + SEPARATOR_BYTES;
