import { ownIdIn } from "../../events/own-id";
import { memberOf, parsedObject } from "../../json/object";
import { withField } from "../../messages/extraction";
import { valuesAt } from "../../messages/message-fields";
import type { StreamParsing } from "../../parsers/message-parsing";
import type { ParsedMessage } from "../../parsers/parsed-message";
import { documentOf, jsonLine, type RecordFields, textDocumentOf } from "./document";
import { fieldText } from "./field-text";
import { withNestedLabels } from "./nested-labels";
import { messageDocumentOf, parsedDocumentOf, writtenParts } from "./parsed-document";
import { textReason } from "./text-reason";

const EVENT_ID = "event.id";

/**
 * As `messageDocumentOf`, for a sink that chooses the `_id` of a document itself: the document has the event's id as a field, so that
 * one that was delivered twice can be found. A message that has an `event.id` keeps it; where its `event` leaves no room for one, or
 * has another beside a member `event.id`, both go to `json`: a document has one `event.id`.
 *
 * @param time `@timestamp`, ISO 8601
 * @param id of the event, for a message without one
 */
export function identifiedDocumentOf(
  message: string,
  time: string,
  own: RecordFields,
  parsing: StreamParsing,
  id: string,
): string {
  const identified = { ...own, event: `"id":${fieldText(ownIdIn(message) ?? id)}` };
  const parsed = parsedBy(parsing, message);
  const added = withField(message, parsed, EVENT_ID, id);
  if (!added && !hasId(message, parsed)) return messageDocumentOf(message, time, identified, parsing);
  const known = added ?? parsed;
  const parts = known && writtenParts(known, message, parsing);
  const reason = parts ? parts.rejection : reasonOf(message);
  if (reason !== undefined) return textDocumentOf(message, time, identified, reason);
  return parts ? parsedDocumentOf(parts, message, time, own) : documentOf(message, time, own);
}

function parsedBy({ parse, counts }: StreamParsing, message: string): ParsedMessage | undefined {
  try {
    return parse(message);
  } catch {
    counts.failed++;
    return undefined;
  }
}

/** Whether a document has one text as `event.id` that is not the pipeline's. */
function hasId(message: string, parsed: ParsedMessage | undefined): boolean {
  const json = parsedObject(parsed?.json ?? message);
  return [parsed?.fields, parsed?.userFields, json].some((tree) => {
    const id = memberOf(tree, EVENT_ID);
    // An engine would take `{"event":{"id":…},"event.id":…}` for two values of one field.
    return typeof id === "string" && id !== "" && [...valuesAt(tree, EVENT_ID.split("."))].length === 1;
  });
}

const reasonOf = (message: string): string | undefined =>
  parsedObject(message) ? textReason(jsonLine(withNestedLabels(message))) : undefined;
