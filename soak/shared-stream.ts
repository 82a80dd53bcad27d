import type { SoakShape } from "./run";
import type { TrafficSource } from "./traffic/draft";

const LOG_GROUPS = 200;

/** Whose log groups come by a destination. */
const OTHER_ACCOUNT = "210987654321";

/** Forms of names; some are encoded in the names of indices and objects. */
const NAMES: readonly ((n: number) => string)[] = [
  (n) => `/aws/lambda/Function-${n}`,
  (n) => `/ecs/service_${n}`,
  (n) => `API-Gateway.${n}#x`,
  (n) => `orders-${n}`,
];

/**
 * 200 log groups of two accounts that share a stream: those of the second have names of the first's. They come by filters or by account
 * policies. All have one index, except for some with settings of their own.
 */
export function sharedStream(): SoakShape {
  const sources = Array.from({ length: LOG_GROUPS }, (_, n): TrafficSource => {
    const isOther = n % 5 === 0;
    const named = isOther ? n + 1 : n;
    return {
      logGroup: NAMES[named % NAMES.length]!(named),
      ...(isOther && { owner: OTHER_ACCOUNT }),
      ...(n % 2 === 0 && { policyLevel: "ACCOUNT_LEVEL_POLICY" }),
    };
  });
  const some = (rest: number) => [
    ...new Set(sources.filter((_, n) => n % 10 === rest).map(({ logGroup }) => logGroup)),
  ];
  const exceptions = [
    { names: some(1), INDEX_NAME: "apart", PARSER: "auto" },
    { names: some(2), PARSER: "lambda", EVENT_ORIGINAL: "on" },
    {
      names: some(3),
      INDEX_NAME: "apart",
      EXTRACT_FIELDS: JSON.stringify({ "order.number": { from: "message", pattern: "order (\\d+)" } }),
    },
  ];
  return {
    sources,
    environment: { ARCHIVE_LAYOUT: "stream", INDEX_NAME: "shared", LOG_GROUPS: JSON.stringify(exceptions) },
  };
}
