import type { Environment } from "../../core/settings/environment";
import { type Expression, hcl } from "../terraform/expression";

/** The variables of a lane's function that say what becomes of messages. Valid where `each` is the lane. */
export const messageVariables = () =>
  ({
    PARSER: hcl`each.value.parser`.string,
    PARSER_FIELDS: hcl`each.value.parser_fields`.string,
    KEEP_MESSAGE: onOff(hcl`each.value.keep_message`),
    EVENT_ORIGINAL: onOff(hcl`each.value.event_original`),
  }) satisfies Partial<Record<keyof Environment, string>>;

const onOff = (value: Expression): string => hcl`${value} ? "on" : "off"`.string;
