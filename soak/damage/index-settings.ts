import type { TrafficSource } from "../traffic/draft";

/** A member of `LOG_GROUPS`. */
interface Exception {
  readonly names: readonly string[];
  readonly INDEX_NAME?: string;
}

/**
 * Returns, as JSON, the output `index_settings` of a pipeline whose function is the soak's: what the commands need to know of it.
 *
 * @param lane name of the stream; the indices' prefix, too
 * @param environment variables of the function besides those of every soak
 */
export function soakedIndexSettings(
  lane: string,
  sources: readonly TrafficSource[],
  { LOG_GROUPS = "[]", INDEX_NAME = "" }: Readonly<Record<string, string>> = {},
): string {
  const exceptions = JSON.parse(LOG_GROUPS) as Exception[];
  const indices = exceptions.flatMap(({ names, INDEX_NAME: index }) =>
    index ? names.map((name) => [name, index]) : [],
  );
  const messages = exceptions.flatMap(({ names, INDEX_NAME: _, ...variables }) =>
    names.map((name) => [name, variables]),
  );
  // What applications write has the stream's name in place of a log group's.
  const others = [lane, ...sources.map(({ logGroup }) => logGroup)].map((name) => [name, {}]);
  return JSON.stringify({
    ...{ name: lane, prefix: `${lane}-`, period: "day", history: [], template: "none" },
    ...{ retention_days: 0, shards: 1, replicas: 0, refresh_interval_seconds: 1, sort: "none" },
    ...(INDEX_NAME !== "" && { default_index: INDEX_NAME }),
    indices: Object.fromEntries(indices),
    messages: Object.fromEntries([...others, ...messages]),
  });
}
