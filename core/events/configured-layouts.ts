import type { Environment } from "../settings/environment";
import type { IndexNames, NamedIndices } from "../settings/index-settings";
import type { IndexLayout, IndexLayouts } from "./index-layout";

/** The variables that name indices. */
export type IndexVariables = Pick<Environment, "INDEX_PREFIX" | "INDEX_NAME" | "INDEX_PERIOD" | "INDEX_HISTORY">;

/** Returns the layouts of a forwarder's environment. Its lane's log groups share an index, or each has its own. */
export function layoutsOfEnvironment(environment: IndexVariables): IndexLayouts {
  const { INDEX_PREFIX: prefix, INDEX_NAME: index, INDEX_PERIOD: period, INDEX_HISTORY: history } = environment;
  return {
    current: { prefix, period, sharedIndexOf: () => index },
    earlier: history.map(({ until, prefix, index, period }) => ({ until, prefix, period, sharedIndexOf: () => index })),
  };
}

/** Returns the layouts of a pipeline. */
export function layoutsOfSettings(settings: NamedIndices): IndexLayouts {
  return {
    current: layoutOf(settings),
    earlier: settings.history.map((names) => ({ until: names.until, ...layoutOf(names) })),
  };
}

const layoutOf = ({ prefix, period, indices }: IndexNames): IndexLayout => ({
  prefix,
  period,
  sharedIndexOf: (logGroup) => indices.get(logGroup),
});
