import type { FieldPlace } from "./field-put";
import { slottedParser } from "./field-shape";
import { asInteger, asText } from "./field-values";
import { asHttpOutcome } from "./http-values";
import { type LayoutPart, type LayoutTexts, matchLayout } from "./layout-part";
import { LayoutTable } from "./layout-table";

const own = (name: string): string => `aws.apigateway.${name}`;

/** The fields of each text of a line. */
const COLUMNS: readonly (readonly FieldPlace[])[] = [
  [
    [own("request_id"), asText],
    ["http.request.id", asText],
  ],
  [[own("extended_request_id"), asText]],
  [
    [own("http_method"), asText],
    ["http.request.method", asText],
  ],
  [[own("resource_path"), asText]],
  [[own("aws_endpoint_request_id"), asText]],
  [[own("integration_status"), asInteger]],
  [[own("integration_latency"), asInteger]],
  [
    [own("status"), asInteger],
    ["http.response.status_code", asInteger],
    ["event.outcome", asHttpOutcome],
  ],
];

/** The texts that say more than their words, with the columns of their groups; all others say nothing more. */
const STATEMENTS: readonly (readonly [pattern: RegExp, ...columns: number[]])[] = [
  [/Extended Request Id: (\S{1,128})/y, 1],
  [/HTTP Method: ([A-Z]{1,16}), Resource Path: (\S{1,8192})/y, 2, 3],
  [/AWS Integration Endpoint RequestId ?: (\S{1,128})/y, 4],
  [/Received response\. Status: (\d{3}), Integration latency: (\d{1,9}) ms/y, 5, 6],
  [/(?:Method completed with status|Gateway response type: [A-Z\d_]{1,64} with status code): (\d{3})/y, 7],
  [/(?:)/y],
];

/** `(id) text`; the text may have several lines. Ids of REST APIs are UUIDs, those of WebSocket APIs Base64. */
const PARTS: readonly LayoutPart[] = [
  {
    pattern: /\(([\w+/=-]{1,128})\) /y,
    columns: [0],
    next: STATEMENTS.map(([pattern, ...columns]) => ({ pattern, columns, next: [] })),
  },
];

/** API Gateway cuts what is longer than an event may be, and says so. */
const TRUNCATED = "[TRUNCATED]";

const TABLE = new LayoutTable(COLUMNS, { "event.dataset": "aws.apigateway_execution" });
const TRUNCATED_SLOT = TABLE.slotOf(own("truncated"));

/** Execution logs of API Gateway's REST and WebSocket APIs: the log groups `API-Gateway-Execution-Logs_<api>/<stage>`. */
export const parseApigatewayExecution = slottedParser(
  (message) => {
    const texts: LayoutTexts = [];
    if (matchLayout(PARTS, message, texts) === undefined) return undefined;
    const values = TABLE.valuesOf(texts);
    if (message.trimEnd().endsWith(TRUNCATED)) values[TRUNCATED_SLOT] = true;
    // Most of its text is in no field.
    return { shape: TABLE.shape, values, message };
  },
  undefined,
  [{ table: TABLE, parts: PARTS, message: "whole", without: [TRUNCATED] }],
);
