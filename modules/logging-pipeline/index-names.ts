import type { Environment } from "../../core/settings/environment";
import { PERIOD_PATTERNS } from "../../core/settings/index-periods";
import type { Values } from "../inputs/values";
import { type Expression, firstGiven, hcl, written } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";
import type { Lanes } from "./lanes";
import { messagesByLane } from "./messages";
import { replicasOf, retentionDays } from "./search-contents";

type Inputs = Values<typeof pipelineInputs>;
/** What an index template is made of. */
export type TemplateInputs = Pick<
  Inputs,
  "name" | "indexTemplate" | "indexShards" | "indexRefreshIntervalSeconds" | "indexSort"
>;
type NamingInputs = Pick<Inputs, "indexPrefix" | "indexPeriod" | "indexHistory">;

/** The variables of a lane's function that name its indices. */
export function indexVariables(inputs: Inputs, lane: string) {
  return {
    INDEX_PREFIX: inputs.indexPrefix.string,
    INDEX_PERIOD: inputs.indexPeriod.string,
    ...sharedIndexVariables(inputs, lane),
  } satisfies Partial<Record<keyof Environment, string>>;
}

/** Those of them in which log groups may differ. @param lane a lane or a log group; its `log_group` is its name, or null */
export function sharedIndexVariables({ defaultIndex, indexHistory }: Inputs, lane: string) {
  const names = {
    prefix: hcl`names.prefix`,
    index: written(`try(names.indices[${lane}.log_group], names.default_index == null ? "" : names.default_index)`),
    period: hcl`names.period`,
  };
  const earlier = hcl`{ for until, names in ${indexHistory} : until => ${names} }`;
  return {
    INDEX_NAME: firstGiven(written(`${lane}.index`), defaultIndex, "").string,
    INDEX_HISTORY: hcl`jsonencode(${earlier})`.string,
  } satisfies Partial<Record<keyof Environment, string>>;
}

/** Earlier names as JSON for a function that makes no difference between log groups. */
export const indexHistoryOf = ({ indexHistory }: Pick<Inputs, "indexHistory">): Expression => {
  const names = { prefix: hcl`names.prefix`, index: "", period: hcl`names.period` };
  return hcl`jsonencode({ for until, names in ${indexHistory} : until => ${names} })`;
};

/** The prefixes of all indices, earlier ones included, as a list. */
export const indexPrefixesOf = ({
  indexPrefix,
  indexHistory,
}: Pick<Inputs, "indexPrefix" | "indexHistory">): Expression =>
  hcl`distinct(concat([${indexPrefix}], [for names in values(${indexHistory}) : names.prefix]))`;

/** The patterns of all indices, earlier ones included, as engines and Dashboards take them: with commas between. */
export function indexPatternOf({ indexPrefix, indexPeriod, indexHistory }: NamingInputs): Expression {
  const all = hcl`concat([{ prefix = ${indexPrefix}, period = ${indexPeriod} }], values(${indexHistory}))`;
  const pattern = hcl`join("*-", [names.prefix, ${PERIOD_PATTERNS}[names.period]])`;
  return hcl`join(",", distinct([for names in ${all} : ${pattern}]))`;
}

/** What core/settings/index-settings.ts parses. */
export function indexSettingsOf(inputs: Inputs, lanes: Lanes): Expression {
  const current = hcl`{ for key, group in ${lanes.groupsByName} : key => group.index if group.index != null }`;
  const past = hcl`${inputs.indexHistory}[until].indices`;
  return indexSettings(inputs, replicasOf(inputs), retentionDays(inputs), {
    indices: withStreams(lanes, current, hcl`lane.index`),
    pastIndices: withStreams(lanes, past, hcl`try(${past}[lane.log_group], null)`),
    defaultIndex: firstGiven(inputs.defaultIndex, ""),
    pastDefaultIndex: firstGiven(hcl`${inputs.indexHistory}[until].default_index`, ""),
    messages: messagesByLane(inputs, lanes),
  });
}

interface LaneSettings {
  readonly indices: Expression;
  readonly defaultIndex: Expression;
  /** Those of `until`. */
  readonly pastIndices: Expression;
  readonly pastDefaultIndex: Expression;
  readonly messages: Expression;
}

const NO_LANES: LaneSettings = {
  ...{ indices: hcl`{}`, defaultIndex: hcl`""` },
  ...{ pastIndices: hcl`{}`, pastDefaultIndex: hcl`""` },
  messages: hcl`{}`,
};

/** The same of a function that makes no difference between log groups. */
export function indexSettings(
  inputs: NamingInputs & TemplateInputs,
  replicas: Expression,
  retentionDays: Expression,
  { indices, defaultIndex, pastIndices, pastDefaultIndex, messages } = NO_LANES,
): Expression {
  const past = hcl`${inputs.indexHistory}[until]`;
  const history = {
    until: hcl`until`,
    prefix: hcl`${past}.prefix`,
    period: hcl`${past}.period`,
    default_index: pastDefaultIndex,
    indices: pastIndices,
  };
  return hcl`${{
    name: inputs.name,
    prefix: inputs.indexPrefix,
    period: inputs.indexPeriod,
    indices,
    default_index: defaultIndex,
    history: hcl`[for until in sort(keys(${inputs.indexHistory})) : ${history}]`,
    retention_days: retentionDays,
    shards: inputs.indexShards,
    replicas,
    refresh_interval_seconds: inputs.indexRefreshIntervalSeconds,
    sort: inputs.indexSort,
    template: inputs.indexTemplate,
    messages,
  }}`;
}

/**
 * Adds log groups' own streams to the indices by log group: what applications write has the stream's name in place of a log group's.
 *
 * @param indexOfLane that of `lane`, or null
 */
const withStreams = (lanes: Lanes, indices: Expression, indexOfLane: Expression): Expression =>
  hcl`merge(${indices}, { for key, lane in ${lanes.byKey} : lane.name => ${indexOfLane} if ${indexOfLane} != null })`;
