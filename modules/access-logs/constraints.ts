import type { Constraint } from "../inputs/constraints";
import { functionOptionConstraints } from "../inputs/function-options";
import { requestConstraints } from "../logging-pipeline/inputs/requests";
import { endpointConstraints } from "../logging-pipeline/search-endpoint";
import { type Expression, hcl } from "../terraform/expression";
import { accessLogsAlarmConstraints } from "./alarms";
import type { accessLogsInputs } from "./inputs";

/** A name that log-archive gives by default: account and region are not known here. */
const DEFAULT_ARCHIVE = "-archive-[0-9]{12}-[a-z0-9-]+$";

/** The rules between the inputs of access logs. */
export const accessLogsConstraints: readonly Constraint<typeof accessLogsInputs>[] = [
  ...accessLogsAlarmConstraints,
  ...endpointConstraints,
  {
    path: "sources",
    allowed: "any bucket but the archive bucket: what the function sets aside would come back to it for ever",
    decidedBy: ["sources", "archiveBucket", "name"],
    violations: ({ sources, archiveBucket, name }) =>
      namesOf(sources, ({ bucket }) =>
        archiveBucket === null
          ? new RegExp(`^${name}${DEFAULT_ARCHIVE}`).test(String(bucket))
          : bucket === archiveBucket,
      ),
    violationsAtPlan: ({ sources, archiveBucket, name }) =>
      hcl`[for key, source in ${sources} : key if ${archiveBucket} == null ? can(regex(join("", ["^", ${name}, ${DEFAULT_ARCHIVE}]), source.bucket)) : source.bucket == ${archiveBucket}]`,
  },
  {
    path: "sources",
    allowed: "sources of which no two have the same bucket and prefix",
    decidedBy: ["sources"],
    violations: ({ sources }) =>
      namesOf(sources, (source) => namesOf(sources, (other) => placeOf(other) === placeOf(source)).length > 1),
    violationsAtPlan: ({ sources }) =>
      hcl`[for key, source in ${sources} : key if length([for other in values(${sources}) : other if other.bucket == source.bucket && other.prefix == source.prefix]) > 1]`,
  },
  {
    path: "sources",
    allowed: "the same notification and bucket_account_id for all sources of a bucket",
    decidedBy: ["sources"],
    violations: ({ sources }) =>
      namesOf(
        sources,
        (source) =>
          namesOf(sources, (other) => other.bucket === source.bucket && ownerOf(other) !== ownerOf(source)).length > 0,
      ),
    violationsAtPlan: ({ sources }) =>
      hcl`[for key, source in ${sources} : key if length([for other in values(${sources}) : other if other.bucket == source.bucket && !(other.notification == source.notification && other.bucket_account_id == source.bucket_account_id)]) > 0]`,
  },
  {
    path: "sources",
    allowed:
      'notification "eventbridge" or "none" where bucket_account_id is given: another account configures its buckets itself',
    decidedBy: ["sources"],
    violations: ({ sources }) =>
      namesOf(
        sources,
        ({ notification, bucketAccountId }) => notification === "queue" && (bucketAccountId ?? null) !== null,
      ),
    violationsAtPlan: ({ sources }) =>
      hcl`[for key, source in ${sources} : key if source.notification == "queue" && source.bucket_account_id != null]`,
  },
  {
    path: "keep_message",
    allowed: "true where every source has the format none: no parser writes documents",
    decidedBy: ["keepMessage", "sources"],
    violations: ({ keepMessage, sources }) => (keepMessage || areParsed(sources) ? [] : [keepMessage]),
    violationsAtPlan: ({ keepMessage, sources }) =>
      hcl`[for keeps in [${keepMessage}] : keeps if !keeps && ${areUnparsedAtPlan(sources)}]`,
  },
  {
    path: "event_original",
    allowed: "false where every source has the format none: no parser writes documents",
    decidedBy: ["eventOriginal", "sources"],
    violations: ({ eventOriginal, sources }) => (eventOriginal && !areParsed(sources) ? [eventOriginal] : []),
    violationsAtPlan: ({ eventOriginal, sources }) =>
      hcl`[for has in [${eventOriginal}] : has if has && ${areUnparsedAtPlan(sources)}]`,
  },
  {
    path: "reserved_concurrent_executions",
    allowed:
      "at least maximum_concurrency: SQS counts a throttled message as received (Lambda Developer Guide, Configuring scaling behavior for SQS event source mappings)",
    decidedBy: ["reservedConcurrentExecutions", "maximumConcurrency"],
    violations: ({ reservedConcurrentExecutions, maximumConcurrency }) =>
      reservedConcurrentExecutions !== null && reservedConcurrentExecutions < maximumConcurrency
        ? [reservedConcurrentExecutions]
        : [],
    violationsAtPlan: ({ reservedConcurrentExecutions, maximumConcurrency }) =>
      hcl`[for count in [${reservedConcurrentExecutions}] : count if count == null ? false : count < ${maximumConcurrency}]`,
  },
  ...functionOptionConstraints,
  ...requestConstraints,
];

const areParsed = (sources: Readonly<Record<string, { readonly format?: unknown }>>): boolean =>
  Object.values(sources).some(({ format }) => format !== "none");

const areUnparsedAtPlan = (sources: Expression): Expression =>
  hcl`alltrue([for source in values(${sources}) : source.format == "none"])`;

interface Source {
  readonly bucket: unknown;
  readonly notification: unknown;
  readonly prefix?: unknown;
  readonly bucketAccountId?: unknown;
}

/** In the order that Terraform has. */
const namesOf = (sources: Readonly<Record<string, Source>>, breaks: (source: Source) => boolean): string[] =>
  Object.entries(sources)
    .flatMap(([name, source]) => (breaks(source) ? [name] : []))
    .sort();

const placeOf = ({ bucket, prefix = "" }: Source): string => JSON.stringify([bucket, prefix]);

const ownerOf = ({ notification, bucketAccountId = null }: Source): string =>
  JSON.stringify([notification, bucketAccountId]);
