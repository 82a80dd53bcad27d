import type { Batching, DeployedFunction, Deployment, LogGroup, Stream } from "./deployment";
import { domainsOf } from "./domains-of";
import { functionOf } from "./functions-of";
import { keptIndicesOf } from "./kept-indices";
import { notIncludedOf } from "./known-types";
import type { PlannedResources, Resource } from "./resources";
import { asksKmsForEachPut, lifecycleOf } from "./storage-of";
import { Attributes } from "./values";

/** The defaults of Lambda (Lambda API Reference, CreateEventSourceMapping). */
const DEFAULT_BATCHING: Batching = { size: 100, windowSeconds: 0, parallelization: 1 };

/** Where Firehose and a domain write their own logs. */
const OWN_LOG_GROUP = /^\/aws\/(kinesisfirehose|OpenSearchService)\//;

/** Returns what AWS charges for of the resources of a plan or a state. */
export function deploymentOf({ managed, data }: PlannedResources): Deployment {
  const all = (type: string) => managed.filter((resource) => resource.type === type);
  const functions = all("aws_lambda_function").map((resource) => functionOf(resource, managed));
  const region = regionOf(managed, data);
  return {
    ...(region !== undefined && { region }),
    streams: all("aws_kinesis_stream").map((resource) =>
      streamOf(resource, all("aws_kinesis_stream_consumer"), all("aws_kinesis_stream").length),
    ),
    batching: batchingOf(all("aws_lambda_event_source_mapping")),
    functions,
    logGroups: all("aws_cloudwatch_log_group").map((resource) => logGroupOf(resource, functions)),
    subscribedLogGroups: all("aws_cloudwatch_log_subscription_filter")
      .map((resource) => Attributes.of(resource).text("log_group_name"))
      .filter((name) => name !== ""),
    domains: domainsOf(all("aws_opensearch_domain")),
    indices: keptIndicesOf(managed, functions),
    firehoses: all("aws_kinesis_firehose_delivery_stream").map(firehoseOf),
    queues: all("aws_sqs_queue").length,
    ...lifecycleOf(managed),
    asksKmsForEachPut: asksKmsForEachPut(all("aws_s3_bucket_server_side_encryption_configuration")),
    keys: all("aws_kms_key").length + all("aws_kms_replica_key").length,
    secrets: all("aws_secretsmanager_secret").length,
    alarmMetrics: all("aws_cloudwatch_metric_alarm")
      .map(alarmMetricsOf)
      .reduce((sum, each) => sum + each, 0),
    dashboards: all("aws_cloudwatch_dashboard").length,
    notIncluded: notIncludedOf(managed, functions),
  };
}

/** The resources' own region (AWS provider 6), or that of the data source, which a plan reads. */
function regionOf(managed: readonly Resource[], data: readonly Resource[]): string | undefined {
  const own = managed.map((resource) => Attributes.of(resource).text("region"));
  const read = data
    .filter(({ type }) => type === "aws_region")
    .flatMap((resource) => ["region", "id", "name"].map((name) => Attributes.of(resource).text(name)));
  return [...own, ...read].find((region) => region !== "");
}

function streamOf(resource: Resource, consumers: readonly Resource[], streams: number): Stream {
  const attributes = Attributes.of(resource);
  const name = attributes.text("name", resource.address);
  const isOnDemand = attributes.block("stream_mode_details").text("stream_mode") === "ON_DEMAND";
  const isItsOwn = (consumer: Resource) => {
    const arn = Attributes.of(consumer).text("stream_arn");
    // Known only after the apply.
    return arn === "" ? streams === 1 : arn.endsWith(`/${name}`);
  };
  return {
    ...{ address: resource.address, name },
    shards: isOnDemand ? 0 : Math.max(1, attributes.number("shard_count", 1)),
    retentionHours: attributes.number("retention_period", 24),
    isEncrypted: attributes.text("encryption_type") === "KMS",
    consumers: consumers.filter(isItsOwn).length,
  };
}

/** Those of streams, which all have the same: a queue's has no position to start from. */
function batchingOf(mappings: readonly Resource[]): Batching {
  const ofStream = mappings.map(Attributes.of).find((mapping) => mapping.text("starting_position") !== "");
  if (ofStream === undefined) return DEFAULT_BATCHING;
  return {
    size: Math.max(1, ofStream.number("batch_size", DEFAULT_BATCHING.size)),
    windowSeconds: ofStream.number("maximum_batching_window_in_seconds", DEFAULT_BATCHING.windowSeconds),
    parallelization: Math.max(1, ofStream.number("parallelization_factor", DEFAULT_BATCHING.parallelization)),
  };
}

function logGroupOf(resource: Resource, functions: readonly DeployedFunction[]): LogGroup {
  const attributes = Attributes.of(resource);
  const name = attributes.text("name", resource.address);
  const isOfFunction = functions.some((each) => each.kind !== undefined && name === `/aws/lambda/${each.name}`);
  return {
    ...{ address: resource.address, name, retentionDays: attributes.number("retention_in_days", 0) },
    isOwn: isOfFunction || OWN_LOG_GROUP.test(name),
  };
}

function firehoseOf(resource: Resource) {
  const attributes = Attributes.of(resource);
  const destination = ["extended_s3_configuration", "opensearch_configuration", "opensearchserverless_configuration"]
    .filter((name) => attributes.has(name))
    .map((name) => attributes.block(name))[0];
  // What Firehose puts into S3 has buffers of its own beside a search engine.
  const toS3 = destination?.has("s3_configuration") ? destination.block("s3_configuration") : destination;
  return {
    ...{ address: resource.address, name: attributes.text("name", resource.address) },
    bufferingSeconds: Math.max(1, toS3?.number("buffering_interval", 300) ?? 300),
    bufferingMib: Math.max(1, toS3?.number("buffering_size", 5) ?? 5),
  };
}

/** An alarm is charged for each metric that it reads; a query counts as one. */
const alarmMetricsOf = (resource: Resource): number =>
  Math.max(
    1,
    Attributes.of(resource)
      .blocks("metric_query")
      .filter((query) => query.has("metric") || /^\s*SELECT\b/i.test(query.text("expression"))).length,
  );
