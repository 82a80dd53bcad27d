import { METRICS_VARIABLE } from "./event-metrics-variable";
import { given } from "./given";
import { INDEX_HISTORY_ALLOWED, type parseIndexHistory } from "./index-history";
import { INDEX_HISTORY, INDEX_NAME } from "./index-name-variables";
import { JsonMembers, type MemberRule } from "./json-members";
import { MESSAGE_VARIABLES } from "./message-variables";
import { parsedJson } from "./parsed-json";
import { ofLength, textMatching, type Variable, type VariableValues } from "./variable";

const { ARCHIVE_CONTENT: _, ...ofMessages } = MESSAGE_VARIABLES;

/** The variables that log groups which share a function may have of their own. */
export const LOG_GROUP_VARIABLES = { INDEX_NAME, INDEX_HISTORY, ...ofMessages, METRICS: METRICS_VARIABLE };

/** Their values, by name. */
export type LogGroupVariables = VariableValues<typeof LOG_GROUP_VARIABLES>;

/** Log groups, and the variables that hold for their events in place of the function's. Those that are missing are the function's. */
export interface LogGroupException {
  readonly names: readonly string[];
  readonly variables: Readonly<Partial<LogGroupVariables>>;
}

/** Source: CloudWatch Logs API Reference, "CreateLogGroup": 1 to 512 characters. What applications write has a stream's name there. */
const LOG_GROUP_NAME = {
  allowed: "a list of one or more names of log groups, of 1 to 512 characters",
  ...textMatching(ofLength(1, 512)),
} satisfies MemberRule<string>;

const NAMES = Object.keys(LOG_GROUP_VARIABLES) as (keyof LogGroupVariables)[];

export const LOG_GROUPS_ALLOWED =
  'a JSON list such as [{"names":["/aws/lambda/a","/aws/lambda/b"],"PARSER":"lambda"}], each log group once; ' +
  `variables, as texts: ${NAMES.join(", ")}`;

/** The mistakes in exceptions, or none and the exceptions. */
export type ParsedLogGroups =
  | { exceptions: readonly LogGroupException[]; errors: readonly [] }
  | { exceptions?: undefined; errors: readonly string[] };

/**
 * Parses `LOG_GROUPS`. A variable that is an empty text has its default, as an empty environment variable has; one that is null is as
 * one that is missing. Whether RE2 takes the patterns is not checked.
 *
 * @param path before the place of each mistake
 */
export function parseLogGroups(json: string, path = "LOG_GROUPS"): ParsedLogGroups {
  const list = parsedJson(json);
  if (!Array.isArray(list)) {
    return { errors: [`${path} is ${given(json)}, no JSON list. Allowed: ${LOG_GROUPS_ALLOWED}.`] };
  }
  const errors: string[] = [];
  /** By log group, where it was named first. */
  const placeOf = new Map<string, string>();
  const exceptions = list.flatMap((one, i) => {
    const members = JsonMembers.of(one, `${path}[${i}].`, "an object with names, and variables as texts", errors);
    if (!members) return [];
    members.refuseOthers(["names", ...NAMES]);
    const names = members.list("names", LOG_GROUP_NAME, Number.POSITIVE_INFINITY);
    for (const name of names) {
      const place = placeOf.get(name);
      if (place) members.wrong(`names ${given(name)}, which ${place} has named`, "each log group once");
      placeOf.set(name, place ?? `${path}[${i}]`);
    }
    return [{ names, variables: variablesIn(members) }];
  });
  return errors.length > 0 ? { errors } : { exceptions, errors: [] };
}

function variablesIn(members: JsonMembers): Partial<LogGroupVariables> {
  const given = NAMES.filter((name) => members.has(name));
  return Object.fromEntries(given.map((name) => [name, members.text(name, emptyIsDefault(LOG_GROUP_VARIABLES[name]))]));
}

function emptyIsDefault(variable: Variable<unknown>): MemberRule<unknown> {
  const { allowed, default: value = "" } = variable;
  const { mistakesIn } = variable;
  return {
    allowed,
    parse: (text) => variable.parse(text || value),
    ...(mistakesIn && { mistakesIn: (text, path) => mistakesIn(text || value, path) }),
  };
}

/** Variables of which some log groups have their own. */
interface NamingVariables {
  INDEX_HISTORY: ReturnType<typeof parseIndexHistory>;
  LOG_GROUPS: readonly LogGroupException[];
}

/**
 * Returns the mistakes in exceptions' histories: the index template and the clean-up know the function's prefixes, periods and boundaries.
 *
 * @param values those that are allowed by themselves
 */
export function historyErrors({ INDEX_HISTORY: own, LOG_GROUPS = [] }: Partial<NamingVariables>): string[] {
  if (!own) return [];
  const frame = JSON.stringify(own.map(frameOf));
  return LOG_GROUPS.flatMap(({ variables: { INDEX_HISTORY: history } }, i) =>
    history && JSON.stringify(history.map(frameOf)) !== frame
      ? [
          `LOG_GROUPS[${i}].INDEX_HISTORY has other times, prefixes or periods than INDEX_HISTORY. ` +
            `Allowed: those of INDEX_HISTORY, each with an index of its own: ${INDEX_HISTORY_ALLOWED}.`,
        ]
      : [],
  );
}

const frameOf = ({ until, prefix, period }: { until: number; prefix: string; period: string }) => [
  until,
  prefix,
  period,
];
