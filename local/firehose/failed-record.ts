/** Why a record failed, and how often it was tried. */
export interface RecordFailure {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly attemptsMade: number;
}

interface FailedRecord extends RecordFailure {
  /** What failed: the record as it arrived, or the document. */
  readonly data: Buffer;
  readonly arrivedAt: number;
  /** When Firehose stopped trying, in milliseconds since the epoch. */
  readonly endedAt: number;
}

/**
 * Returns the line of a record that the function could not transform.
 *
 * Source: Firehose Developer Guide "Handle failure in data transformation"; the order of the members, numbers for times and
 * `lambdaARN`, where the page has `lambdaArn`, as objects of AWS have them.
 */
export function processingFailedLine(failed: FailedRecord, functionArn: string): string {
  const { data, errorCode, errorMessage, attemptsMade, arrivedAt, endedAt } = failed;
  return JSON.stringify({
    rawData: data.toString("base64"),
    ...{ errorCode, errorMessage, attemptsMade },
    arrivalTimestamp: arrivedAt,
    attemptEndingTimestamp: endedAt,
    lambdaARN: functionArn,
  });
}

/** Returns the line of a document that was not indexed. Source: Firehose Developer Guide "Handle data delivery failures". */
export function searchFailedLine(
  failed: FailedRecord,
  { index, id }: { readonly index: string; readonly id: string | undefined },
): string {
  const { data, errorCode, errorMessage, attemptsMade, arrivedAt, endedAt } = failed;
  return JSON.stringify({
    attemptsMade,
    arrivalTimestamp: arrivedAt,
    ...{ errorCode, errorMessage },
    attemptEndingTimestamp: endedAt,
    esDocumentId: id ?? null,
    esIndexName: index,
    esTypeName: "",
    rawData: data.toString("base64"),
  });
}
