import { indexName } from "../events/index-name";
import { bulkLines } from "../sinks/opensearch/bulk-request";
import { documentOf, type RecordFields } from "../sinks/opensearch/document";
import { FRAME, ID_LENGTH, kernel, kernelMemory } from "./wasm";

const DAY_MS = 86_400_000;

const SOME_ID = "0".repeat(ID_LENGTH);
const ID_KEY = '"_id":"';

/** How the lines of an event without a text end; the frame is what stands before it. */
const NO_TEXT = '"}\n';

/**
 * Tells the kernel what the lines of a record's events have in common on the day of the event at hand, up to the text of the
 * message. It is what the plain path writes for an event of that day, so that both stay the same.
 */
export function setFrame(stem: string, fields: RecordFields): void {
  const day = kernel.day();
  const midnight = new Date(day * DAY_MS).toISOString();
  const lines = bulkLines(indexName(stem, midnight), SOME_ID, documentOf("", midnight, fields));
  const length = kernelMemory().all.write(lines, FRAME) - NO_TEXT.length;
  // All up to the time is ASCII.
  kernel.setFrame(length, lines.indexOf(ID_KEY) + ID_KEY.length, lines.indexOf(midnight) + "YYYY-MM-DDT".length, day);
}
