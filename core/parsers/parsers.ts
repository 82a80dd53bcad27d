import type { ParserName } from "../settings/parser-names";
import { apigatewayAccess } from "./apigateway-access";
import { apigatewayExecution } from "./apigateway-execution";
import { mysqlError } from "./mysql-error";
import { mysqlSlow } from "./mysql-slow";
import type { MessageParser } from "./parsed-message";
import { postgresql } from "./postgresql";

export interface ParserOptions {
  /** Names of a line's fields in their order, for formats whose users choose them. Empty: AWS's default order. */
  fields: readonly string[];
}

/** Makes the parser of each format. */
export const PARSERS: Partial<Record<ParserName, (options: ParserOptions) => MessageParser>> = {
  apigateway_access: ({ fields }) => apigatewayAccess(fields),
  apigateway_execution: () => apigatewayExecution,
  postgresql: () => postgresql,
  mysql_error: () => mysqlError,
  mysql_slow: () => mysqlSlow,
};
