import { ENVIRONMENT } from "../../core/settings/environment";
import type { MessageVariables } from "../../core/settings/message-variables";
import type { Values } from "../inputs/values";
import { type Expression, hcl, written } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";
import { givenMetrics } from "./inputs/event-metrics";
import { GIVEN_MEMBERS, givenMembers } from "./inputs/event-rules";
import type { Lanes } from "./lanes";

type Inputs = Values<typeof pipelineInputs>;

/** The variables of a lane's function that say what becomes of messages. */
export const messageVariables = ({ archiveContent }: Inputs, lane: string) =>
  ({
    ...laneMessageVariables(lane),
    ARCHIVE_CONTENT: hcl`${archiveContent} == null ? ${ENVIRONMENT.ARCHIVE_CONTENT.default} : ${archiveContent}`.string,
  }) satisfies Record<keyof MessageVariables, string>;

/** Those of them in which log groups may differ. @param lane a lane or a log group */
export const laneMessageVariables = (lane: string) =>
  ({
    PARSER: written(`${lane}.parser`).string,
    PARSER_FIELDS: written(`${lane}.parser_fields`).string,
    KEEP_MESSAGE: written(`${lane}.keep_message ? "on" : "off"`).string,
    EVENT_ORIGINAL: written(`${lane}.event_original ? "on" : "off"`).string,
    EXTRACT_FIELDS: written(`jsonencode(${lane}.fields)`).string,
    JOIN_LINES: written(`${lane}.join_lines`).string,
    RULES: written(`jsonencode(${givenMembers(`${lane}.rules`)})`).string,
  }) satisfies Omit<Record<keyof MessageVariables, string>, "ARCHIVE_CONTENT">;

/** `METRICS` of a lane or a log group. */
export const metricsVariable = (lane: string): Expression =>
  hcl`jsonencode(${written(givenMetrics(`${lane}.metrics`))})`;

/** Those of them that a function without log groups has as inputs of its own. */
export const ownMessageVariables = (
  inputs: Readonly<Record<"keepMessage" | "eventOriginal" | "fields" | "rules", Expression>>,
) =>
  ({
    KEEP_MESSAGE: hcl`${inputs.keepMessage} ? "on" : "off"`.string,
    EVENT_ORIGINAL: hcl`${inputs.eventOriginal} ? "on" : "off"`.string,
    EXTRACT_FIELDS: hcl`jsonencode(${inputs.fields})`.string,
    RULES: hcl`jsonencode([for rule in ${inputs.rules} : ${written(GIVEN_MEMBERS)}])`.string,
  }) satisfies Partial<Record<keyof MessageVariables, string>>;

/** Those variables by log group and by stream, whose name what applications write has in place of a log group's. */
export function messagesByLane(inputs: Inputs, lanes: Lanes): Expression {
  const variables = messageVariables(inputs, "lane");
  const ofGroups = hcl`{ for key, lane in ${lanes.groupsByName} : key => ${variables} }`;
  // Not by name alone: where two names are equal, this is not the error to report.
  return hcl`merge(concat([${ofGroups}], [for lane in ${lanes.byKey} : { for name in [lane.name] : name => ${variables} }])...)`;
}
