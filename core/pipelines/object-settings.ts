import { layoutsOfEnvironment } from "../events/configured-layouts";
import type { IndexLayouts } from "../events/index-layout";
import { fieldExtractor } from "../messages/extraction";
import { RuleSet } from "../rules/rule-set";
import type { AccessLogsEnvironment } from "../settings/access-logs";
import { ObjectParsing } from "./object-parsing";

/** What becomes of the lines of objects. */
export interface ObjectSettings {
  parsing: ObjectParsing;
  /** @default every line is indexed as it came */
  rules?: RuleSet | undefined;
  /** @param index the name that all indices share, without prefix and period */
  layoutsOf(index: string): IndexLayouts;
}

/** @throws EnvironmentError for a pattern that RE2 does not take */
export function objectSettings(environment: AccessLogsEnvironment): ObjectSettings {
  const { KEEP_MESSAGE, EVENT_ORIGINAL, EXTRACT_FIELDS, RULES } = environment;
  const rules = RULES.length > 0 ? new RuleSet(RULES) : undefined;
  return {
    parsing: new ObjectParsing({
      keepMessage: KEEP_MESSAGE,
      eventOriginal: EVENT_ORIGINAL,
      extract: EXTRACT_FIELDS.length > 0 ? fieldExtractor(EXTRACT_FIELDS) : undefined,
      areRedacted: rules?.redacts,
    }),
    rules,
    layoutsOf: (index) => layoutsOfEnvironment({ ...environment, INDEX_NAME: index }),
  };
}
