import { layoutsOfEnvironment } from "../../../core/events/configured-layouts";
import { indexPatterns } from "../../../core/events/index-layout";
import { ENVIRONMENT } from "../../../core/settings/environment";
import { EnvironmentError, parseVariables } from "../../../core/settings/parse-variables";
import type { Subscription } from "../../emulator/subscriptions";
import type { LaneNode } from "../shared/page-state";
import type { AppliedResource } from "./applied-resources";
import { firehoseLane } from "./firehose-lane";
import type { LaneShape } from "./lane-shape";

/**
 * Returns the lanes that Terraform has applied so far, from the resources of its state.
 *
 * @param subscriptions also those by an account's policy, which the state does not name one by one
 */
export function appliedLanes(
  resources: readonly AppliedResource[],
  subscriptions: readonly Pick<Subscription, "logGroup" | "streamArn">[] = [],
): LaneShape[] {
  const all = (type: string) => resources.filter((resource) => resource.type === type);
  const isConsumed = new Set(
    all("aws_lambda_event_source_mapping").map((mapping) => text(mapping, "event_source_arn")),
  );
  return [
    ...all("aws_kinesis_stream").map((stream) => streamLane(stream, resources, subscriptions)),
    // Their dead-letter queues invoke nothing.
    ...all("aws_sqs_queue")
      .filter((queue) => isConsumed.has(text(queue, "arn")))
      .map((queue) => queueLane(queue, resources)),
    ...all("aws_kinesis_firehose_delivery_stream").map((stream) => firehoseLane(stream, resources)),
  ];
}

function streamLane(
  stream: AppliedResource,
  resources: readonly AppliedResource[],
  subscriptions: readonly Pick<Subscription, "logGroup" | "streamArn">[],
): LaneShape {
  const arn = text(stream, "arn");
  const filters = resources.filter(
    ({ type, values }) => type === "aws_cloudwatch_log_subscription_filter" && values.destination_arn === arn,
  );
  const applied = filters.map((filter) => text(filter, "log_group_name"));
  const subscribed = subscriptions.filter(({ streamArn }) => streamArn === arn).map(({ logGroup }) => logGroup);
  const logGroups = [...new Set([...applied, ...subscribed])].sort();
  const sources = logGroups.map((name): LaneNode => {
    const group = resources.find(({ type, values }) => type === "aws_cloudwatch_log_group" && values.name === name);
    return { kind: "log group", name, ...(group && { address: group.address }) };
  });
  const archivedAs = [...logGroups, text(stream, "name")];
  return {
    ...{ id: arn, kind: logGroups.length > 0 ? "log groups" : "application" },
    title: logGroups.length > 0 ? titleOf(logGroups) : text(stream, "name"),
    ...{ sources, logGroups, archivedAs, documentsHave: { field: "aws.cloudwatch.log_group", values: archivedAs } },
    stream: { kind: "stream", name: text(stream, "name"), address: stream.address },
    ...invokedBy(arn, resources, { kind: "archive", bucketVariable: "ARCHIVE_BUCKET" }),
  };
}

/** Of more log groups, the first ones stand for all. */
const MAX_TITLED = 3;

const titleOf = (names: readonly string[]): string =>
  names.length <= MAX_TITLED
    ? names.join(", ")
    : `${names.slice(0, MAX_TITLED - 1).join(", ")} and ${names.length - MAX_TITLED + 1} more`;

function queueLane(queue: AppliedResource, resources: readonly AppliedResource[]): LaneShape {
  const notifications = resources.filter(
    ({ type, values }) =>
      type === "aws_s3_bucket_notification" && JSON.stringify(values.queue ?? []).includes(text(queue, "arn")),
  );
  const sources = notifications.map(
    (one): LaneNode => ({ kind: "bucket", name: text(one, "bucket"), address: one.address }),
  );
  return {
    ...{ id: text(queue, "arn"), kind: "access logs", sources, logGroups: [], archivedAs: [] },
    title: sources.map(({ name }) => name).join(", ") || text(queue, "name"),
    documentsHave: { field: "aws.s3.bucket.name", values: sources.map(({ name }) => name) },
    stream: { kind: "queue", name: text(queue, "name"), address: queue.address },
    ...invokedBy(text(queue, "arn"), resources, { kind: "bucket", bucketVariable: "QUARANTINE_BUCKET" }),
  };
}

/** The function that a source's mapping invokes, and where it writes to. */
function invokedBy(
  arn: string,
  resources: readonly AppliedResource[],
  { kind, bucketVariable }: { readonly kind: LaneNode["kind"]; readonly bucketVariable: string },
): Pick<LaneShape, "function" | "destinations" | "isAlive" | "indexPattern"> {
  const mapping = resources.find(
    ({ type, values }) => type === "aws_lambda_event_source_mapping" && values.event_source_arn === arn,
  );
  const invoked = resources.find(
    ({ type, values }) =>
      type === "aws_lambda_function" && mapping !== undefined && values.arn === mapping.values.function_arn,
  );
  if (!invoked) return { destinations: [], isAlive: false };
  const variables = variablesOfFunction(invoked);
  const indexPattern = patternOf(variables);
  const bucket = variables[bucketVariable] ?? "";
  return {
    function: { kind: "function", name: text(invoked, "function_name"), address: invoked.address },
    destinations: [
      ...(indexPattern === undefined ? [] : [{ kind: "index", name: indexPattern } as const]),
      ...(bucket === "" ? [] : [{ kind, name: bucket }]),
    ],
    isAlive: mapping!.values.enabled !== false,
    ...(indexPattern !== undefined && { indexPattern }),
  };
}

/** The environment of a function. */
export function variablesOfFunction({ values }: AppliedResource): Readonly<Record<string, string>> {
  const [environment] = (values.environment ?? []) as { variables?: Record<string, string> }[];
  return environment?.variables ?? {};
}

/** @returns undefined for variables by which the function fails: its log says so */
function patternOf(variables: Readonly<Record<string, string>>): string | undefined {
  const { INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY, LOG_GROUPS } = ENVIRONMENT;
  try {
    const names = parseVariables({ INDEX_PREFIX, INDEX_NAME, INDEX_PERIOD, INDEX_HISTORY, LOG_GROUPS }, variables);
    return indexPatterns(layoutsOfEnvironment(names)).join(",");
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

const text = ({ values }: AppliedResource, name: string): string => String(values[name] ?? "");
