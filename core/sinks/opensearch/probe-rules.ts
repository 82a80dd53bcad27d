import type { Rule } from "../../retry/rule";
import type { ItemResult } from "./bulk-response";
import { classifyItem, isAlreadyPresent } from "./item-rules";

/** All of it is the engine's own words, and a probe has no text of a writer that it could quote. */
const DATA_STREAM = "only write ops with an op_type of create are allowed in data streams";

const outcomeOf = (result: ItemResult) => classifyItem(result, { isText: true, isRepeated: false }).outcome;

export type ProbeOutcome = "the content is the reason" | "believed" | "retried" | "returned to Lambda";

/** Classifies a probe's own result: a conditional write of the pipeline's own fields, which no engine can carry out. */
export const PROBE_RULES: readonly Rule<ItemResult, ProbeOutcome>[] = [
  {
    when: "409: the condition is not met, and all else is accepted",
    applies: ({ status }) => isAlreadyPresent(status),
    outcome: "the content is the reason",
  },
  {
    when: "400 of a data stream: it accepts events, but no condition",
    applies: ({ status, error }) => status === 400 && error?.reason === DATA_STREAM,
    outcome: "believed",
  },
  {
    when: "401, any other 403: a role that may create documents, but not overwrite any",
    applies: (result) => outcomeOf(result) === "returned to Lambda",
    outcome: "believed",
  },
  {
    when: "whatever is retried or isolated in the table before: overloaded, blocked, closed",
    applies: (result) => ["retried", "isolated"].includes(outcomeOf(result)),
    outcome: "retried",
  },
  {
    when: "200, 201: the server has written what it must not write",
    applies: (result) => outcomeOf(result) === "acknowledged",
    outcome: "returned to Lambda",
    code: "UNEXPECTED_RESPONSE",
    advice:
      "Check that SEARCH_ENDPOINT is an OpenSearch or Elasticsearch endpoint of a version that docs/terraform.md lists.",
  },
  {
    when: "anything else: a strict mapping, a field of the pipeline with another type, ids of documents that are not supported",
    applies: () => true,
    outcome: "returned to Lambda",
    code: "ALL_EVENTS_REJECTED",
    advice:
      "Let the index accept the fields of docs/documents.md (its mapping, its template, its ingest pipeline), and " +
      "documents under the ids that they are sent with.",
  },
];
