import { CONNECTION_EXITS } from "../../core/http/connection-rules";
import { type Exit, OUTCOMES } from "../../core/retry/outcome";
import { S3_EXITS } from "../../core/sinks/archive/put-rules";
import { ITEM_EXITS } from "../../core/sinks/opensearch/item-rules";
import { REQUEST_EXITS } from "../../core/sinks/opensearch/request-rules";
import { RECORD_EXITS } from "../../core/sources/kinesis/record-rules";
import { markdownTable } from "./markdown";

const outcomesTable = (): string => markdownTable(["Outcome", "Meaning"], Object.entries(OUTCOMES));

function exitsTable(exits: readonly Pick<Exit<never>, "when" | "outcome" | "advice">[]): string {
  const hasAdvice = exits.some(({ advice }) => advice !== undefined);
  return markdownTable(
    ["What happens", "Outcome", ...(hasAdvice ? ["What to do"] : [])],
    exits.map(({ when, outcome, advice }) => [when, outcome, ...(hasAdvice ? [advice ?? ""] : [])]),
  );
}

/** What becomes of everything, in the order in which the forwarder asks: the first row that fits decides. */
export const outcomeTables = {
  outcomes: outcomesTable,
  "exits-record": () => exitsTable(Object.values(RECORD_EXITS)),
  "exits-connection": () => exitsTable(CONNECTION_EXITS),
  "exits-request": () => exitsTable(REQUEST_EXITS),
  "exits-item": () => exitsTable(ITEM_EXITS),
  "exits-s3": () => exitsTable(S3_EXITS),
};
