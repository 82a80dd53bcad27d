import type { Environment } from "../settings/environment";
import type { IndexNames, NamedIndices } from "../settings/index-settings";
import type { LogGroupException } from "../settings/log-groups";
import type { IndexLayout, IndexLayouts } from "./index-layout";

/** The variables that name indices. */
export type IndexVariables = Pick<Environment, "INDEX_PREFIX" | "INDEX_NAME" | "INDEX_PERIOD" | "INDEX_HISTORY"> &
  Partial<Pick<Environment, "LOG_GROUPS">>;

/** Returns the layouts of a forwarder's environment. The log groups of a lane share an index, or each has its own; some are named. */
export function layoutsOfEnvironment(environment: IndexVariables): IndexLayouts {
  const { INDEX_PREFIX: prefix, INDEX_NAME: index, INDEX_PERIOD: period, INDEX_HISTORY: history } = environment;
  const { LOG_GROUPS = [] } = environment;
  const sharedIndexOf = byLogGroup(LOG_GROUPS, index, ({ INDEX_NAME }) => INDEX_NAME);
  return {
    current: { prefix, period, sharedIndexOf },
    earlier: history.map(({ until, prefix, index, period }, i) => {
      // Of the same boundaries: `historyErrors`.
      const named = byLogGroup(LOG_GROUPS, index, ({ INDEX_HISTORY }) => INDEX_HISTORY?.[i]?.index);
      return { until, prefix, period, sharedIndexOf: named };
    }),
  };
}

/** @param indexIn undefined: what a log group has is the function's `index` */
function byLogGroup(
  exceptions: readonly LogGroupException[],
  index: string,
  indexIn: (variables: LogGroupException["variables"]) => string | undefined,
): IndexLayout["sharedIndexOf"] {
  const named = new Map<string, string>();
  for (const { names, variables } of exceptions) {
    const own = indexIn(variables);
    if (own !== undefined && own !== index) for (const name of names) named.set(name, own);
  }
  return named.size === 0 ? () => index : (logGroup) => named.get(logGroup) ?? index;
}

/** Returns the layouts of a pipeline. */
export function layoutsOfSettings(settings: NamedIndices): IndexLayouts {
  return {
    current: layoutOf(settings),
    earlier: settings.history.map((names) => ({ until: names.until, ...layoutOf(names) })),
  };
}

const layoutOf = ({ prefix, period, indices, defaultIndex }: IndexNames): IndexLayout => ({
  prefix,
  period,
  sharedIndexOf: (logGroup) => indices.get(logGroup) ?? defaultIndex,
});
