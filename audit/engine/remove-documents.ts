import { StoppedError } from "../../archive/outcome-errors";
import { failureReason } from "../../core/http/failure-reason";
import type { Send } from "../../core/http/send";
import { isObject, parsedObject } from "../../core/json/object";
import type { DocumentCopy } from "./index-documents";

/** Documents that are removed by one request. */
const BATCH = 1000;

const TIMEOUT_MS = 60_000;

const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

/**
 * Removes copies of documents as long as they are what was read: what somebody has written since stays.
 *
 * Source: OpenSearch "Bulk": `if_seq_no`, `if_primary_term`.
 *
 * @returns how many are removed
 * @throws StoppedError when the engine removes nothing
 */
export async function removeDocuments(send: Send, copies: readonly DocumentCopy[]): Promise<number> {
  let removed = 0;
  for (let start = 0; start < copies.length; start += BATCH) {
    const lines = copies.slice(start, start + BATCH).map(lineOf);
    const body = Buffer.from(lines.join(""));
    const headers = { "Content-Type": "application/x-ndjson" };
    const limits = { timeoutMs: TIMEOUT_MS, maxResponseBytes: MAX_RESPONSE_BYTES };
    const response = await send({ method: "POST", path: "/_bulk", headers, body, ...limits }).catch((error) => {
      throw new StoppedError(`Documents cannot be removed: ${failureReason(error)}.`);
    });
    const items = parsedObject(response.body)?.items;
    if (response.status !== 200 || !Array.isArray(items)) {
      throw new StoppedError(
        `Documents cannot be removed: the search endpoint answers ${response.status}. docs/audit.md lists the permissions.`,
      );
    }
    removed += items.filter((item) => isObject(item) && isObject(item.delete) && item.delete.status === 200).length;
  }
  return removed;
}

function lineOf({ index, id, seqNo, primaryTerm }: DocumentCopy): string {
  const place = { _index: index, _id: id, if_seq_no: seqNo, if_primary_term: primaryTerm };
  return `${JSON.stringify({ delete: place })}\n`;
}
