import { CONNECTION_EXITS } from "../../functions/forwarder/outcomes/connection";
import { ITEM_EXITS } from "../../functions/forwarder/outcomes/item";
import { type Exit, OUTCOMES } from "../../functions/forwarder/outcomes/outcome";
import { RECORD_EXITS } from "../../functions/forwarder/outcomes/record";
import { REQUEST_EXITS } from "../../functions/forwarder/outcomes/request";
import { S3_EXITS } from "../../functions/forwarder/outcomes/s3";
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
