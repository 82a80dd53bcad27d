import { type FieldPath, fieldPath, putField } from "./field-path";
import { asInteger, asText, type FieldReader } from "./field-values";
import { type GroupFields, putGroups } from "./groups";
import type { FieldTree, MessageParser } from "./parsed-message";

/** `(id) text`; the text may have several lines. Ids of REST APIs are UUIDs, those of WebSocket APIs Base64. */
const LINE = /^\(([\w+/=-]{1,128})\) /;

const own = (name: string): FieldPath => ["aws", "apigateway", name];
const STATUS_CODE = fieldPath("http.response.status_code");
const METHOD = fieldPath("http.request.method");

const asOutcome: FieldReader = (text) => (text < "400" ? "success" : "failure");

/** The texts that say more than their words, and the fields of each of their groups. */
const STATEMENTS: readonly (readonly [pattern: RegExp, ...groups: GroupFields[]])[] = [
  [/^Extended Request Id: (\S{1,128})/, [[own("extended_request_id"), asText]]],
  [
    /^HTTP Method: ([A-Z]{1,16}), Resource Path: (\S{1,8192})/,
    [
      [own("http_method"), asText],
      [METHOD, asText],
    ],
    [[own("resource_path"), asText]],
  ],
  [/^AWS Integration Endpoint RequestId ?: (\S{1,128})/, [[own("aws_endpoint_request_id"), asText]]],
  [
    /^Received response\. Status: (\d{3}), Integration latency: (\d{1,9}) ms/,
    [[own("integration_status"), asInteger]],
    [[own("integration_latency"), asInteger]],
  ],
  [
    /^(?:Method completed with status|Gateway response type: [A-Z\d_]{1,64} with status code): (\d{3})/,
    [
      [own("status"), asInteger],
      [STATUS_CODE, asInteger],
      [fieldPath("event.outcome"), asOutcome],
    ],
  ],
];

/** API Gateway cuts what is longer than an event may be, and says so. */
const TRUNCATED = "[TRUNCATED]";

/** Execution logs of API Gateway's REST and WebSocket APIs: the log groups `API-Gateway-Execution-Logs_<api>/<stage>`. */
export const parseApigatewayExecution: MessageParser = (message) => {
  const [start, id] = LINE.exec(message) ?? [];
  if (start === undefined) return undefined;
  const fields: FieldTree = { event: { dataset: "aws.apigateway_execution" }, http: { request: { id: id! } } };
  putField(fields, own("request_id"), id);
  if (message.trimEnd().endsWith(TRUNCATED)) putField(fields, own("truncated"), true);
  const text = message.slice(start.length);
  for (const [pattern, ...groups] of STATEMENTS) {
    const values = pattern.exec(text);
    if (values === null) continue;
    putGroups(fields, values, groups);
    break;
  }
  // Most of its text is in no field.
  return { fields, message };
};
