import type { SinkName } from "./kinds";
import type { Mistakes } from "./mistakes";
import type { Options } from "./options";
import { variableValue } from "./variable";

/** Where events go to. */
export type SinkArguments =
  | { to: "endpoint"; searchEndpoint: string; indexPrefix: string }
  | { to: "stream"; stream: string }
  | { to: "stdout" };

/** Source: Kinesis "CreateStream". */
const STREAM_NAME = /^[a-zA-Z0-9_.-]{1,128}$/;

/** The options that only one of the sinks has. */
const OWNERS = [
  ["stream", "--stream", "stream"],
  ["searchEndpoint", "--search-endpoint", "endpoint"],
  ["indexPrefix", "--index-prefix", "endpoint"],
] as const satisfies [keyof Options, string, SinkName][];

/** @param endpoint taken without --search-endpoint */
export function parseSink(
  to: SinkName,
  options: Options,
  endpoint: string | undefined,
  mistakes: Mistakes,
): SinkArguments | undefined {
  for (const [property, option, owner] of OWNERS) {
    if (options[property] !== undefined && to !== owner) mistakes.add(`${option} has no meaning with --to ${to}.`);
  }
  if (options.dryRun) return undefined;
  if (to === "stdout") return { to };
  if (to === "stream") return { to, stream: parseStream(options.stream, mistakes) };
  const option = "--search-endpoint (or SEARCH_ENDPOINT in the environment)";
  return {
    to,
    searchEndpoint: variableValue("SEARCH_ENDPOINT", option, options.searchEndpoint ?? endpoint, mistakes),
    indexPrefix: variableValue("INDEX_PREFIX", "--index-prefix", options.indexPrefix, mistakes),
  };
}

function parseStream(stream: string | undefined, mistakes: Mistakes): string {
  const allowed = "Allowed: the name of a Kinesis stream, 1 to 128 of a-z A-Z 0-9 _ . -";
  if (stream === undefined) mistakes.add(`--stream is missing. ${allowed}`);
  else if (!STREAM_NAME.test(stream)) mistakes.add(`--stream is ${JSON.stringify(stream)}. ${allowed}`);
  return stream ?? "";
}
