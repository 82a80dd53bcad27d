import type { HttpRequest, HttpResponse } from "../../core/http/send";
import { FakeServer } from "./fake-server";

export interface PutRecord {
  /** The lines of the record. */
  lines: string[];
  partitionKey: string;
}

interface Entry {
  Data: string;
  PartitionKey: string;
}

const MIB = 1024 * 1024;

/** Answers PutRecords as Kinesis does, with its limits. Source: Kinesis API Reference, "PutRecords". */
export class MemoryStream extends FakeServer {
  static readonly ARN = "arn:aws:kinesis:eu-central-1:111111111111:stream/target";

  /** Those that the stream took, in their order. */
  readonly records: PutRecord[] = [];
  /** Returns the error code of a record; undefined to take it. */
  reject: (record: PutRecord) => string | undefined = () => undefined;

  constructor() {
    super((request) => this.#answer(request));
  }

  /** The lines in the order in which the stream took them. */
  get lines(): string[] {
    return this.records.flatMap(({ lines }) => lines);
  }

  #answer({ headers, body }: HttpRequest): HttpResponse {
    const target = headers["X-Amz-Target"] ?? headers["x-amz-target"];
    if (target !== "Kinesis_20131202.PutRecords") return rejection("UnknownOperationException");
    const { StreamARN, Records } = JSON.parse(body.toString()) as { StreamARN: string; Records: Entry[] };
    if (StreamARN !== MemoryStream.ARN) return rejection("ResourceNotFoundException");
    const sizes = Records.map(({ Data, PartitionKey }) => Buffer.byteLength(Data, "base64") + PartitionKey.length);
    const isWithinLimits =
      Records.length >= 1 &&
      Records.length <= 500 &&
      sizes.every((size) => size <= MIB) &&
      sizes.reduce((sum, size) => sum + size, 0) <= 5 * MIB &&
      Records.every(({ PartitionKey }) => PartitionKey.length >= 1 && PartitionKey.length <= 256);
    if (!isWithinLimits) return rejection("ValidationException");
    const results = Records.map(({ Data, PartitionKey }) => {
      const record = { lines: linesOf(Data), partitionKey: PartitionKey };
      const ErrorCode = this.reject(record);
      if (ErrorCode !== undefined) return { ErrorCode, ErrorMessage: "no" };
      this.records.push(record);
      return { SequenceNumber: String(this.records.length), ShardId: "shardId-000000000000" };
    });
    const FailedRecordCount = results.filter((result) => "ErrorCode" in result).length;
    return { status: 200, body: JSON.stringify({ FailedRecordCount, Records: results }) };
  }
}

function linesOf(data: string): string[] {
  const lines = Buffer.from(data, "base64").toString().split("\n");
  if (lines.pop() !== "") throw new Error("a record's last line has no line break");
  return lines;
}

const rejection = (type: string): HttpResponse => ({
  status: 400,
  body: JSON.stringify({ __type: type, message: "no" }),
});
