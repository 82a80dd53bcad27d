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
 * room for its documents fails, and room for that is kept.
 */
export class TransformResponse {
  readonly #order: readonly FirehoseRecord[];
  readonly #results = new Map<FirehoseRecord, Result>();
  /** For each record, what it gets if it fails. */
  readonly #failed: Map<FirehoseRecord, Result>;
  #left: number;

  constructor(records: readonly FirehoseRecord[]) {
    this.#order = records;
    this.#failed = new Map(records.map((record) => [record, failed(record)]));
    const results = [...this.#failed.values()];
    this.#left = MAX_RESPONSE_BYTES - results.reduce((sum, result) => sum + bytesOf(result), bytesOf({ records: [] }));
    // A request may be larger than a response. Firehose has the data itself.
    for (const record of records.toSorted((a, b) => b.base64.length - a.base64.length)) {
      if (this.#left >= 0) break;
      const { data: _, ...bare } = failed(record);
      this.#left += bytesOf(failed(record)) - bytesOf(bare);
      this.#failed.set(record, bare);
    }
  }

  /** A result for each record that has one, in the order of the records. */
  get records(): Result[] {
    return this.#order.flatMap((record) => this.#results.get(record) ?? []);
  }

  /** Bytes of data that a result of `record` has room for. */
  roomFor(record: FirehoseRecord): number {
    const more = bytesOf(ok(record, "")) - bytesOf(this.#failed.get(record)!);
    return 3 * Math.floor((this.#left - more) / 4);
  }

  /** @param data with `roomFor` it */
  ok(record: FirehoseRecord, data: Buffer): void {
    const result = ok(record, data.toString("base64"));
    this.#left -= bytesOf(result) - bytesOf(this.#failed.get(record)!);
    this.#results.set(record, result);
  }

  dropped(record: FirehoseRecord): void {
    this.#results.set(record, { recordId: record.id, result: "Dropped" });
  }

  failed(record: FirehoseRecord): void {
    this.#results.set(record, this.#failed.get(record)!);
  }
}

const ok = ({ id }: FirehoseRecord, data: string): Result => ({ recordId: id, result: "Ok", data });

const failed = ({ id, base64 }: FirehoseRecord): Result => ({ recordId: id, result: "ProcessingFailed", data: base64 });

const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value)) + SEPARATOR_BYTES;
