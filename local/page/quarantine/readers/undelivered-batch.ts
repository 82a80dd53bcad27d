import type { KinesisStreamRecord } from "aws-lambda";
import { DamagedError } from "../../../../archive/outcome-errors";
import { isObject, memberOf, parsedObject } from "../../../../core/json/object";
import { type KinesisRecord, kinesisRecord } from "../../../../core/sources/kinesis/record";
import { type QuarantinedEntry, TooLargeError } from "../entry";
import { firstBytes, type QuarantinedContent } from "../limited-content";
import type { QuarantinePlace } from "../place";
import { decodedRecords } from "./decoded-records";

/** As `npm run replay` reads without an option. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * `aws/lambda/`: batches that Lambda gave up on, one in each object; an entry for each of its log groups.
 *
 * Source: Lambda Developer Guide "Retain discarded batch records for a Kinesis Data Streams event source in Lambda".
 */
export async function* undeliveredBatch(
  object: QuarantinedContent,
  { timeFields }: Pick<QuarantinePlace, "timeFields">,
): AsyncGenerator<QuarantinedEntry> {
  if (object.bytes > MAX_BYTES) {
    throw new TooLargeError(
      `A batch of more than ${MAX_BYTES / 1024 ** 2} MiB is not shown; a replay needs --object-max-bytes.`,
    );
  }
  const invocation = parsedObject((await firstBytes(object, MAX_BYTES)).toString());
  const payload = invocation?.payload;
  if (typeof payload !== "string")
    throw new DamagedError("is no invocation record of Lambda: it has no string payload");
  const given = parsedObject(payload)?.Records;
  if (!Array.isArray(given) || !given.every(isRecord)) {
    throw new DamagedError("has a payload that is no batch of Kinesis records");
  }
  const records = given.map((one): KinesisRecord => kinesisRecord(one));
  const { groups, decoded } = await decodedRecords(records, timeFields);
  const at = Date.parse(String(invocation?.timestamp));
  for (const { origin, stream, text, events, ids, from, to } of groups) {
    yield {
      at: Number.isNaN(at) ? undefined : at,
      ...{ origin, stream, text, events, ids, from, to },
      reason: reasonOf(invocation),
    };
  }
  if (decoded < records.length) {
    throw new TooLargeError(`Records beyond the first ${decoded} of ${records.length} are not shown.`);
  }
}

function reasonOf(invocation: unknown): string {
  const condition = memberOf(invocation, "requestContext.condition");
  const error = memberOf(invocation, "responseContext.functionError");
  return [
    typeof condition === "string" ? condition : "no condition",
    ...(typeof error === "string" ? [`the function's error: ${error}`] : []),
  ].join(", ");
}

function isRecord(value: unknown): value is KinesisStreamRecord {
  if (!isObject(value) || !isObject(value.kinesis)) return false;
  const { eventID, eventSourceARN, awsRegion, kinesis } = value;
  const { data, sequenceNumber, partitionKey, approximateArrivalTimestamp: arrival } = kinesis;
  const texts = [eventID, eventSourceARN, awsRegion, data, sequenceNumber, partitionKey];
  return texts.every((text) => typeof text === "string") && typeof arrival === "number" && Math.abs(arrival) < 1e10;
}
