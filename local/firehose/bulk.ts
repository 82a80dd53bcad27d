import { isObject } from "../../core/json/object";

/** A record on its way to the index. */
export interface BulkDocument {
  readonly index: string;
  readonly id: string | undefined;
  /** One line. */
  readonly data: Buffer;
}

/** Why a document, or a whole request, was not indexed, in the words of a failed document's line. */
export interface BulkError {
  readonly errorCode: string;
  readonly errorMessage: string;
  /** Whether the engine may take it later. */
  readonly isRetryable: boolean;
}

/** Returns the body of a `_bulk` request. Firehose indexes: a document of the same id is replaced. */
export function bulkBody(documents: readonly BulkDocument[]): Buffer {
  const newline = Buffer.from("\n");
  return Buffer.concat(
    documents.flatMap(({ index, id, data }) => [
      Buffer.from(`${JSON.stringify({ index: { _index: index, ...(id !== undefined && { _id: id }) } })}\n`),
      ...[data, newline],
    ]),
  );
}

/** Returns the error of each document in a response to `_bulk`, in order; undefined for an indexed one. */
export function bulkErrors(body: unknown, count: number): (BulkError | undefined)[] | undefined {
  const items = isObject(body) && Array.isArray(body.items) ? body.items : undefined;
  if (items?.length !== count) return undefined;
  return items.map((item) => {
    const result = isObject(item) && isObject(item.index) ? item.index : {};
    const status = Number(result.status);
    if (status >= 200 && status < 300) return undefined;
    return {
      errorCode: String(status),
      errorMessage: JSON.stringify(result.error),
      isRetryable: status === 429 || status >= 500,
    };
  });
}

const TIMEOUT_MS = 60_000;

/**
 * Indexes documents by one request.
 *
 * @returns each document's error, in order; a failed request is every document's error
 */
export async function bulk(
  endpoint: string,
  documents: readonly BulkDocument[],
  signal: AbortSignal,
): Promise<(BulkError | undefined)[]> {
  const everyone = (errorCode: string, errorMessage: string) =>
    documents.map((): BulkError => ({ errorCode, errorMessage, isRetryable: true }));
  try {
    const response = await fetch(`${endpoint}/_bulk`, {
      method: "POST",
      headers: { "Content-Type": "application/x-ndjson" },
      body: Uint8Array.from(bulkBody(documents)),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await response.text();
    if (!response.ok) return everyone(String(response.status), text);
    return (
      bulkErrors(JSON.parse(text), documents.length) ?? everyone(String(response.status), "not a response to _bulk")
    );
  } catch (error) {
    const { cause } = error as Error;
    return everyone("ES.ServiceException", cause instanceof Error ? cause.message : String(error));
  }
}
