import * as limits from "../../inputs/limits";
import { between, matching, oneOf, size } from "../../inputs/rules";
import { field, list, map, number, object, type Props, required, string } from "../../inputs/schema";
import { logGroups } from "./log-groups";
import { searchDomain } from "./search-domain";

const createEventSourceMapping = "Lambda API Reference, CreateEventSourceMapping";
const lambdaQuotas = "Lambda Developer Guide, Lambda quotas";

/** Every input of the pipeline. Terraform's variables, the construct's props and the tables in docs are made from these. */
export const pipelineInputs = {
  name: field(
    string(...limits.installationName),
    "logging-pipeline",
    "Begins the name of everything that is made. Two pipelines in one account need two names.",
  ),
  logGroups: field(
    logGroups,
    { foo: { shards: 1 }, bar: { shards: 2 }, baz: { shards: 1 } },
    "The log groups to deliver, by their names. Each entry makes 6 resources.",
  ),
  tags: field(
    map(string(limits.tagValue), [...limits.tagKeys], limits.tagCount),
    {},
    "Tags of everything that can have tags.",
  ),
  batchSize: field(
    number(between(1, 10_000, createEventSourceMapping)),
    1_000,
    "The most records that one invocation gets. It gets at most 6 MB in any case.",
  ),
  maximumBatchingWindowSeconds: field(
    number(between(0, 300, createEventSourceMapping)),
    5,
    "How long records may be gathered before the function is invoked, in seconds. Longer is cheaper, and later.",
  ),
  parallelizationFactor: field(
    number(between(1, 10, createEventSourceMapping)),
    1,
    "Concurrent batches of each shard; the order within a log stream is kept.",
  ),
  streamRetentionHours: field(
    number(between(24, 8_760, "Kinesis Data Streams API Reference, IncreaseStreamRetentionPeriod")),
    24,
    "How long the streams keep records, in hours: how long a search domain may be down while the function still retries. " +
      "An hour before the end (after 7 days at the latest) the records are put into the archive bucket instead.",
  ),
  functionMemoryMib: field(
    number(between(128, 10_240, lambdaQuotas)),
    512,
    "Memory of the forwarder, in MiB. CPU grows with it.",
  ),
  functionTimeoutSeconds: field(
    number(between(10, 900, lambdaQuotas)),
    120,
    "How long one invocation may go on, retries included, in seconds; fewer than 10 leave no time for a retry.",
  ),
  functionRuntime: field(
    string(oneOf(["nodejs20.x", "nodejs22.x"], "Lambda Developer Guide, Lambda runtimes")),
    "nodejs22.x",
    "Runtime of the forwarder.",
  ),
  functionArchitecture: field(
    string(oneOf(["arm64", "x86_64"], "Lambda Developer Guide, Selecting an instruction set architecture")),
    "arm64",
    "Instruction set of the forwarder. arm64 costs less.",
  ),
  functionLogRetentionInDays: field(
    number(limits.retentionInDays),
    365,
    "How long the forwarder's own logs are kept, in days; 0: for ever.",
  ),
  searchDomain: field(searchDomain, {}, "The OpenSearch Service domain. Not used when `search_endpoint` is given."),
  searchEndpoint: field(
    string(
      matching(
        /^(https:\/\/[A-Za-z0-9.-]+(:[0-9]+)?|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?)$/,
        "https://host or https://host:port, without a path (http only for this machine)",
      ),
    ),
    null,
    "An OpenSearch or Elasticsearch endpoint that exists already. null: a domain is made.",
  ),
  searchDomainArn: field(
    string(limits.arn("es", "domain/[a-z][a-z0-9-]{2,27}", "arn:aws:es:eu-central-1:123456789012:domain/search")),
    null,
    "ARN of the domain behind `search_endpoint` when AWS runs it: the forwarder's role is allowed to write to it.",
  ),
  indexPrefix: field(
    string(
      matching(
        /^[a-z0-9][a-z0-9._-]{0,99}$/,
        "1 to 100 of a-z 0-9 . _ -, the first a letter or digit",
        "OpenSearch documentation, Create index: Index naming restrictions",
      ),
    ),
    "cwl-",
    "Begins the name of every index.",
  ),
  bulkRequests: field(
    number(between(1, 16)),
    2,
    "How many `_bulk` requests an invocation has under way at the same time. More is faster where the domain is idle, and takes 5 MB of memory each.",
  ),
  metricsNamespace: field(
    string(
      matching(
        /^[A-Za-z0-9._#/:-]{0,255}$/,
        "nothing, or up to 255 of A-Z a-z 0-9 . _ # / : -",
        "CloudWatch API Reference, PutMetricData",
      ),
      matching(
        /^($|[^A]|A($|[^W])|AW($|[^S])|AWS($|[^/]))/,
        "not a namespace of AWS's own, which begin with AWS/",
        "CloudWatch API Reference, PutMetricData",
      ),
    ),
    null,
    "CloudWatch namespace of the pipeline's metrics, which CloudWatch charges for. null: the `name`. Empty: none are made.",
  ),
  archiveBucket: field(
    string(limits.bucketName),
    null,
    "The archive bucket. null: the one that log-archive makes for the same name, `<name>-archive-<account>-<region>`.",
  ),
  archivePrefix: field(
    string(
      matching(
        /^([A-Za-z0-9_=-][A-Za-z0-9._=-]*\/)*$/,
        'nothing, or segments of A-Z a-z 0-9 . _ = -, each of which ends with "/" and does not begin with "."',
        "Amazon S3 User Guide, Naming Amazon S3 objects",
      ),
      size(0, 256, "characters"),
    ),
    "",
    "Begins the key of every object in the archive. Lambda's own `aws/lambda/…` stays at the bucket's root.",
  ),
  archiveKmsKeyArn: field(
    string(limits.kmsKeyArn),
    null,
    "The key of the archive bucket, when it is encrypted by one. null: SSE-S3, which needs no permission.",
  ),
  vpc: field(
    object({
      subnetIds: required(
        list(
          string(matching(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/, "a subnet id such as subnet-0123456789abcdef0")),
          size(1, 16, "subnets", "Lambda API Reference, VpcConfig"),
        ),
        "subnets for the function; the domain uses the first, one for each of its `availability_zones`",
      ),
      securityGroupIds: required(
        list(
          string(matching(/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/, "a security group id such as sg-0123456789abcdef0")),
          size(1, 5, "security groups", "Lambda API Reference, VpcConfig"),
        ),
        "security groups for both; they must let the function reach the domain, S3 and CloudWatch Logs on port 443",
      ),
    }),
    null,
    "The VPC for function and domain. A domain cannot be moved into or out of a VPC: it is replaced. null: none.",
  ),
  permissionsBoundaryArn: field(
    string(limits.arn("iam", "policy/.+", "arn:aws:iam::123456789012:policy/boundary")),
    null,
    "Permissions boundary of both roles, where an organization demands one. null: none.",
  ),
};

/** Props of {@link LoggingPipeline}: {@link pipelineInputs} says what each is, its limits and its default. */
export type LoggingPipelineProps = Props<typeof pipelineInputs>;
