import { invocationOf } from "../../tools/installation";
import { shellQuote } from "../../tools/text/shell-quote";

/** Shows what a function has logged. */
export const shownLogsOf = (name: string): string => `aws logs tail ${shellQuote(`/aws/lambda/${name}`)} --since 1h`;

/** Lets Lambda read on by an event source mapping. */
export const enablingOf = (uuid: string | undefined): string =>
  `aws lambda update-event-source-mapping --uuid ${uuid} --enabled`;

/** Puts roles, template and policy as they should be. */
export const SEARCH_SETUP = `${invocationOf("search")} setup --index-settings <file> --search-endpoint <url>`;
