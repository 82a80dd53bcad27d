import { ENVIRONMENT, type Environment } from "../../core/settings/environment";
import type { Values } from "../inputs/values";
import { Expression, hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";
import { givenMembers } from "./inputs/event-rules";

/** The variables of a lane's function that say what becomes of messages. Valid where `each` is the lane. */
export function messageVariables({ archiveContent }: Values<typeof pipelineInputs>) {
  const rules = new Expression([givenMembers("each.value.rules")], []);
  return {
    PARSER: hcl`each.value.parser`.string,
    PARSER_FIELDS: hcl`each.value.parser_fields`.string,
    KEEP_MESSAGE: onOff(hcl`each.value.keep_message`),
    EVENT_ORIGINAL: onOff(hcl`each.value.event_original`),
    RULES: hcl`jsonencode(${rules})`.string,
    ARCHIVE_CONTENT: hcl`${archiveContent} == null ? ${ENVIRONMENT.ARCHIVE_CONTENT.default} : ${archiveContent}`.string,
  } satisfies Partial<Record<keyof Environment, string>>;
}

const onOff = (value: Expression): string => hcl`${value} ? "on" : "off"`.string;
