import type { Constraint } from "../inputs/constraints";
import { snakeCase } from "../inputs/schema";
import { type Expression, hcl, written } from "../terraform/expression";
import { iteratorAgeConstraint } from "./alarms/constraints";
import type { pipelineInputs } from "./inputs";
import { bulkSizeConstraint, recordConstraint, timeoutConstraint } from "./inputs/requests";
import { fieldsAreRead, parserWrites } from "./inputs/without-effect";

type Rule = Constraint<typeof pipelineInputs>;

type Settings = Readonly<Record<string, unknown>>;

/** What log groups say of streams. */
const namesOfStreams: readonly Rule[] = (["stream", "previousStream"] as const).map((attribute) => ({
  path: "log_groups",
  allowed: `a ${snakeCase(attribute)} that streams has, or none`,
  decidedBy: ["logGroups", "streams"],
  violations: ({ logGroups, streams }) =>
    Object.entries<Settings>(logGroups).flatMap(([name, { [attribute]: stream = null }]) =>
      stream === null || Object.hasOwn(streams, String(stream))
        ? []
        : [{ name, [attribute]: stream, streams: Object.keys(streams).sort() }],
    ),
  violationsAtPlan: ({ logGroups, streams }) => {
    const stream = written(`group.${snakeCase(attribute)}`);
    return hcl`[for key, group in ${logGroups} : { name = key, ${written(snakeCase(attribute))} = ${stream}, streams = keys(${streams}) } if ${stream} != null && !contains(keys(${streams}), coalesce(${stream}, "-"))]`;
  },
}));

const ownNames: Rule = {
  path: "streams",
  allowed: "any name but that of a log group with a stream of its own: the two streams would have one name",
  decidedBy: ["logGroups", "streams"],
  violations: ({ logGroups, streams }) =>
    Object.entries(logGroups).flatMap(([name, { stream = null, keepOwnStream }]) =>
      (stream === null || keepOwnStream) && Object.hasOwn(streams, name) ? [name] : [],
    ),
  violationsAtPlan: ({ logGroups, streams }) =>
    hcl`[for key, group in ${logGroups} : key if contains(keys(${streams}), key) && (group.stream == null || group.keep_own_stream)]`,
};

/** What log groups set beside a parser of their stream; beside one of their own, it is a rule of the input. */
const settingsWithEffect: readonly Rule[] = [fieldsAreRead("parser"), parserWrites].map(
  ({ allowed, accepts, condition }) => ({
    path: "log_groups",
    allowed: `${allowed}; a log group without parser has that of its stream`,
    decidedBy: ["logGroups", "streams"],
    violations: ({ logGroups, streams }) =>
      Object.entries(logGroups).flatMap(([name, { stream = null, ...group }]) => {
        const { parser } = Object((streams as Readonly<Record<string, unknown>>)[String(stream)]);
        const isRead = stream === null || (group.parser ?? null) !== null || accepts({ ...group, parser });
        return isRead ? [] : [name];
      }),
    violationsAtPlan: ({ logGroups, streams }) => {
      const given = hcl`merge(group, { parser = try(${streams}[group.stream].parser, null) })`;
      const isRead = hcl`alltrue([for given in [${given}] : ${written(condition("given"))}])`;
      return hcl`[for key, group in ${logGroups} : key if group.stream != null && group.parser == null && !${isRead}]`;
    },
  }),
);

/** A rule about a setting of the pipeline that streams have, too, for those that have another value. */
function forStreams(rule: Rule, setting: keyof typeof pipelineInputs, own: string = setting): Rule {
  const attribute = written(`stream.${snakeCase(own)}`);
  return {
    path: "streams",
    allowed: `a ${snakeCase(own)} with which ${rule.path} is ${rule.allowed}`,
    decidedBy: ["streams", ...rule.decidedBy],
    violations: (inputs) =>
      Object.entries<Settings>(inputs.streams).flatMap(([name, { [own]: value = null }]) =>
        value !== null && rule.violations({ ...inputs, [setting]: value }).length > 0
          ? // In the order of Terraform's.
            [Object.fromEntries(Object.entries({ name, [own]: value }).sort())]
          : [],
      ),
    violationsAtPlan: (inputs) => {
      const violations: Expression = rule.violationsAtPlan({ ...inputs, [setting]: attribute });
      return hcl`[for key, stream in ${inputs.streams} : { name = key, ${written(snakeCase(own))} = ${attribute} } if ${attribute} == null ? false : length(${violations}) > 0]`;
    },
  };
}

/** The rules between log groups, the streams that they share, and what functions of streams have. */
export const streamConstraints: readonly Rule[] = [
  ...namesOfStreams,
  ownNames,
  ...settingsWithEffect,
  forStreams(timeoutConstraint, "functionTimeoutSeconds"),
  forStreams(bulkSizeConstraint, "functionMemoryMib"),
  forStreams(recordConstraint, "functionMemoryMib"),
  forStreams(iteratorAgeConstraint, "streamRetentionHours", "retentionHours"),
];
