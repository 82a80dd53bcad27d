import { CONNECTION_RULES } from "../../core/http/connection-rules";
import { SECRET_RULES } from "../../core/http/credentials/secret-rules";
import { OUTCOMES, type Outcome } from "../../core/retry/rule";
import { S3_RULES } from "../../core/sinks/archive/put-rules";
import { PUT_RECORDS_RULES, RECORD_RESULT_RULES } from "../../core/sinks/kinesis/put-records-rules";
import { ITEM_RULES } from "../../core/sinks/opensearch/item-rules";
import { PROBE_RULES } from "../../core/sinks/opensearch/probe-rules";
import { REQUEST_RULES } from "../../core/sinks/opensearch/request-rules";
import { RECORD_RULES } from "../../core/sources/kinesis/record-rules";
import { GET_RULES } from "../../core/sources/s3/get-rules";
import { SEND_MESSAGE_RULES } from "../../core/sqs/send-message-rules";
import { markdownTable } from "../../tools/text/markdown-table";

const outcomesTable = (): string => markdownTable(["Outcome", "Meaning"], Object.entries(OUTCOMES));

function rulesTable(rules: readonly { when: string; outcome: Outcome; advice?: string }[]): string {
  const hasAdvice = rules.some(({ advice }) => advice !== undefined);
  return markdownTable(
    ["Condition", "Outcome", ...(hasAdvice ? ["What to do"] : [])],
    rules.map(({ when, outcome, advice }) => [when, outcome, ...(hasAdvice ? [advice ?? ""] : [])]),
  );
}

/** All classification rules, in the order in which the forwarder tries them: the first that applies decides. */
export const outcomeTables = {
  outcomes: outcomesTable,
  "rules-record": () => rulesTable(Object.values(RECORD_RULES)),
  "rules-connection": () => rulesTable(CONNECTION_RULES),
  "rules-secret": () => rulesTable(SECRET_RULES),
  "rules-request": () => rulesTable(REQUEST_RULES),
  "rules-item": () => rulesTable(ITEM_RULES),
  "rules-probe": () => rulesTable(PROBE_RULES),
  "rules-put-records": () => rulesTable(PUT_RECORDS_RULES),
  "rules-record-result": () => rulesTable(RECORD_RESULT_RULES),
  "rules-s3": () => rulesTable(S3_RULES),
  "rules-send-message": () => rulesTable(SEND_MESSAGE_RULES),
  "rules-get": () => rulesTable(GET_RULES),
};
