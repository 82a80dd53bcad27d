import { isObject } from "../../core/json/object";
import type { RecordFailure } from "./failed-record";

/** What a function's response says about one record. */
export type TransformResult = { readonly data: Buffer } | "dropped" | Omit<RecordFailure, "attemptsMade">;

const MISSING = failure(
  "Lambda.MissingRecordId",
  "One or more record Ids were not returned. Ensure that the Lambda function returns all received record Ids.",
);
const DUPLICATED = failure(
  "Lambda.DuplicatedRecordId",
  "Multiple records were returned with the same record Id. Ensure that the Lambda function returns a unique record Id for each record.",
);
const STATUS_FAILED = failure("Lambda.ProcessingFailedStatus", "ProcessingFailed status set for record");
const NO_DATA = failure(
  "Lambda.InvalidReturnFormat",
  "The data field cannot be null when the SourceType is DirectPut or KinesisStreamAsSource and processing result is Ok.",
);
/** Of the whole batch: one wrong record makes the response wrong. */
const WRONG_FORMAT = failure(
  "Lambda.FunctionError",
  "Check your function and make sure the output is in required format. In addition to that, make sure the processed records contain valid result status of Dropped, Ok, or ProcessingFailed",
);

/** Every record of a batch whose function failed at each attempt. */
export const FUNCTION_FAILED = failure(
  "Lambda.FunctionError",
  "The Lambda function was successfully invoked but it returned an error result.",
);

/**
 * Returns the verdict on each record, in order.
 *
 * Source: Firehose Developer Guide "Required parameters for data transformation"; codes and messages as objects of AWS have them.
 *
 * @param recordIds of the event, unique
 */
export function verdicts(payload: unknown, recordIds: readonly string[]): TransformResult[] {
  const records = isObject(payload) && Array.isArray(payload.records) ? payload.records : [];
  const returned = new Map<string, Readonly<Record<string, unknown>>>();
  const duplicated = new Set<string>();
  for (const record of records) {
    if (!isObject(record) || typeof record.recordId !== "string") continue;
    if (isWrong(record)) return recordIds.map(() => WRONG_FORMAT);
    if (returned.has(record.recordId)) duplicated.add(record.recordId);
    returned.set(record.recordId, record);
  }
  return recordIds.map((id) => {
    const record = returned.get(id);
    if (!record) return MISSING;
    return duplicated.has(id) ? DUPLICATED : verdictOn(record);
  });
}

function isWrong({ result, data }: Readonly<Record<string, unknown>>): boolean {
  const isKnown = result === "Ok" || result === "Dropped" || result === "ProcessingFailed";
  return !isKnown || (typeof data === "string" ? !isBase64(data) : data !== undefined && data !== null);
}

const isBase64 = (text: string): boolean => Buffer.from(text, "base64").toString("base64") === text;

function verdictOn({ result, data }: Readonly<Record<string, unknown>>): TransformResult {
  if (result === "Dropped") return "dropped";
  if (result === "ProcessingFailed") return STATUS_FAILED;
  return typeof data === "string" ? { data: Buffer.from(data, "base64") } : NO_DATA;
}

function failure(errorCode: string, errorMessage: string): Omit<RecordFailure, "attemptsMade"> {
  return { errorCode, errorMessage };
}
