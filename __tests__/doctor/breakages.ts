import type { DoctorCheckName, DoctorFinding } from "../../doctor/check-table";
import { ApiError } from "../../search/api-error";
import { awsError, mappingsOf, NOW_MS, type PipelineToBreak, ROLE_ARN, streamArnOf } from "./pipeline";

const DENIED_BY_AWS = "User: anonymous is not authorized to perform: es:ESHttpGet";

/** What S3 lists where a bucket has these objects, all of them below one folder. */
const objectsBelow =
  (folder: string, keys: readonly string[]) =>
  ({ Prefix, StartAfter = "" }: Record<string, unknown>): unknown => ({
    Contents:
      Prefix === folder
        ? keys.filter((key) => key > String(StartAfter)).map((Key) => ({ Key, LastModified: new Date(NOW_MS) }))
        : [],
  });

/** How each check is broken, and what is then found. */
export const BREAKAGES: Readonly<
  Record<
    Exclude<DoctorCheckName, "test-event">,
    readonly [breakIt: (pipeline: PipelineToBreak) => void, finding: Partial<DoctorFinding>, also?: DoctorCheckName]
  >
> = {
  streams: [
    ({ answers }) => {
      answers.ListStreamsCommand = () => ({ StreamNames: ["other"], HasMoreStreams: false });
    },
    { subject: "logs", command: "terraform output stream_names" },
  ],
  "stream-active": [
    ({ answers }) => {
      const healthy = answers.DescribeStreamSummaryCommand!;
      answers.DescribeStreamSummaryCommand = (input) => ({
        StreamDescriptionSummary: { ...Object(healthy(input)).StreamDescriptionSummary, StreamStatus: "DELETING" },
      });
    },
    { subject: "logs_shop", found: "it is DELETING" },
  ],
  "stream-throttled": [
    ({ metrics }) => {
      metrics.WriteProvisionedThroughputExceeded = 7;
    },
    {
      found: "7 writes were throttled in the last hour, with 2 shards",
      command: "npm run sizing -- --gb-per-day <n> --days <n> --current-shards 2",
    },
  ],
  "stream-silent": [
    ({ metrics }) => {
      metrics.IncomingRecords = undefined;
    },
    { subject: "logs_shop", found: "no record came in the last 24 hours" },
  ],
  "log-group": [
    ({ answers }) => {
      const healthy = answers.DescribeSubscriptionFiltersCommand!;
      answers.DescribeSubscriptionFiltersCommand = (input) =>
        input.logGroupName === "/aws/lambda/shop"
          ? {
              subscriptionFilters: [
                { destinationArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/logs-more_shop" },
              ],
            }
          : healthy(input);
    },
    { subject: "/aws/lambda/shop", found: "none of its 1 subscription filters goes to a stream logs_…" },
  ],
  function: [
    ({ answers }) => {
      answers.GetFunctionConfigurationCommand = () => {
        throw awsError("ResourceNotFoundException", 404);
      };
    },
    { subject: "logs_shop", found: "the stream has no function of its name" },
    "undrained",
  ],
  runtime: [
    ({ answers }) => {
      const healthy = answers.GetFunctionConfigurationCommand!;
      answers.GetFunctionConfigurationCommand = (input) => ({ ...Object(healthy(input)), Runtime: "nodejs20.x" });
    },
    { found: "AWS supports nodejs20.x until 2026-04-30" },
  ],
  mapping: [
    ({ answers }) => {
      answers.ListEventSourceMappingsCommand = () => ({ EventSourceMappings: [] });
    },
    { found: "it has no event source mapping", command: "terraform apply" },
    "undrained",
  ],
  "mapping-enabled": [
    ({ answers }) => {
      answers.ListEventSourceMappingsCommand = mappingsOf({ State: "Disabled", LastModified: new Date(NOW_MS) });
    },
    {
      found: "its event source mapping is Disabled since 2026-11-28T10:00:00.000Z",
      command: "aws lambda update-event-source-mapping --uuid uuid-1 --enabled",
    },
  ],
  undrained: [
    ({ answers, metrics }) => {
      const healthy = answers.DescribeSubscriptionFiltersCommand!;
      answers.DescribeSubscriptionFiltersCommand = (input) =>
        input.logGroupName === "shop"
          ? { subscriptionFilters: [{ destinationArn: streamArnOf("logs_apps") }] }
          : healthy(input);
      metrics.IteratorAge = 5 * 60_000;
    },
    {
      subject: "logs_shop",
      found: "no log group delivers to it any more, and its function still reads records that are 5 min old",
    },
  ],
  "mapping-result": [
    ({ answers }) => {
      answers.ListEventSourceMappingsCommand = mappingsOf({ LastProcessingResult: "PROBLEM: Function call failed" });
    },
    { found: "PROBLEM: Function call failed", command: "aws logs tail /aws/lambda/logs_shop --since 1h" },
  ],
  "iterator-age": [
    ({ metrics }) => {
      metrics.IteratorAge = 20 * 60_000;
    },
    { found: "it reads records that are 20 minutes old" },
  ],
  "function-errors": [
    ({ metrics, answers }) => {
      metrics.Errors = 3;
      const line = (error: string) => JSON.stringify({ error, errorCode: "UNREACHABLE" });
      answers.FilterLogEventsCommand = ({ nextToken }) =>
        nextToken
          ? { events: [{ timestamp: 2, message: line("the later one") }] }
          : { events: [{ timestamp: 1, message: line("the earlier one") }], nextToken: "next" };
    },
    { found: "3 invocations failed in the last hour; the last error: UNREACHABLE: the later one" },
  ],
  alarms: [
    ({ answers }) => {
      const alarms = ["logs-more-iterator-age", "logs-iterator-age"];
      answers.DescribeAlarmsCommand = ({ NextToken }) =>
        NextToken
          ? { MetricAlarms: alarms.map((AlarmName) => ({ AlarmName, StateReason: "Threshold Crossed" })) }
          : { MetricAlarms: [], NextToken: "next" };
    },
    { subject: "logs-iterator-age", found: "it is in ALARM: Threshold Crossed" },
  ],
  archive: [
    ({ answers }) => {
      answers.HeadBucketCommand = () => {
        throw awsError("NotFound", 404);
      };
    },
    { subject: "logs-archive", found: "S3 answers 404 NotFound" },
  ],
  "archive-writable": [
    ({ iam }) => {
      iam["kms:GenerateDataKey"] = "implicitDeny";
    },
    {
      found: expect.stringMatching(
        /^the role arn:.*-forwarder is not allowed kms:GenerateDataKey on arn:aws:kms:/,
      ) as unknown as string,
    },
  ],
  undelivered: [
    ({ answers }) => {
      answers.ListObjectsV2Command = objectsBelow("aws/lambda/", ["aws/lambda/uuid/shard/file"]);
    },
    { command: "npm run replay -- --bucket logs-archive --kind undelivered --from <time> --to <time>" },
  ],
  "dead-lettered": [
    ({ answers }) => {
      const hours = ["2026/11/20/09", "2026/11/21/00", "2026/11/28/09"];
      const keys = hours.map((hour) => `dead-letter/${hour}/logs_shop/shardId-000000000000-1`);
      answers.ListObjectsV2Command = objectsBelow("dead-letter/", keys);
    },
    {
      ...{
        subject: "logs-archive",
        found:
          "there are 2 objects below dead-letter/ of the last 7 days, the newest dead-letter/2026/11/28/09/logs_shop/shardId-000000000000-1",
      },
      command:
        "aws s3api head-object --bucket logs-archive --key dead-letter/2026/11/28/09/logs_shop/shardId-000000000000-1",
    },
  ],
  rejected: [
    ({ answers }) => {
      answers.ListObjectsV2Command = objectsBelow("rejected/", [
        "rejected/2026/11/27/09/shop/shardId-000000000000-1.gz",
      ]);
    },
    {
      ...{
        subject: "logs-archive",
        found:
          "there is 1 object below rejected/ of the last 7 days, the newest rejected/2026/11/27/09/shop/shardId-000000000000-1.gz",
      },
      command:
        "npm run replay -- --bucket logs-archive --kind rejected --from 2026-11-21 --to 2026-11-29 --sink stdout",
    },
  ],
  "role-iam": [
    ({ iam }) => {
      iam["es:ESHttpPost"] = "explicitDeny";
    },
    { found: "it is denied es:ESHttpPost on arn:aws:es:eu-central-1:123456789012:domain/logs/_bulk by a policy" },
  ],
  "role-mapping": [
    ({ engine }) => {
      engine["/_plugins/_security/api/rolesmapping"]!.body = { own_index: { users: ["*"] } };
    },
    {
      ...{ subject: ROLE_ARN, found: "it is mapped to no role of the domain" },
      command: `npm run search -- setup --index-settings <file> --search-endpoint <url> --writer ${ROLE_ARN}`,
    },
  ],
  "search-reachable": [
    ({ engine }) => {
      Object.defineProperty(engine, "/_cluster/health", {
        get() {
          throw new ApiError("https://search.example.com does not answer: ECONNREFUSED.", undefined);
        },
      });
    },
    { subject: "https://search.example.com", found: "https://search.example.com does not answer: ECONNREFUSED." },
  ],
  "search-iam": [
    ({ engine }) => {
      engine["/_cluster/health"] = { status: 403, body: { Message: DENIED_BY_AWS } };
    },
    { found: `403: ${DENIED_BY_AWS}`, command: "aws sts get-caller-identity" },
  ],
  "search-role": [
    ({ engine }) => {
      const reason = "no permissions for [cluster:monitor/health] and User [name=arn:aws:iam::123456789012:role/me]";
      engine["/_cluster/health"] = {
        status: 403,
        body: { error: { type: "security_exception", reason }, status: 403 },
      };
    },
    { found: expect.stringMatching(/^403: no permissions for \[cluster/) as unknown as string },
  ],
  "cluster-health": [
    ({ engine }) => {
      engine["/_cluster/health"]!.body = { status: "yellow", active_shards: 40, unassigned_shards: 3 };
    },
    { found: "it is yellow: 3 shards are on no node" },
  ],
  disk: [
    ({ engine }) => {
      engine["/_cat/allocation"]!.body = [{ node: "a", "disk.percent": "86" }, { node: "UNASSIGNED" }];
    },
    { found: "a has used 86 % of its disk" },
  ],
  "index-blocks": [
    ({ engine }) => {
      engine["/cwl-*-20*.*.*/_settings/index.blocks.*"] = {
        status: 200,
        body: {
          "cwl-shop-2026.11.28": { settings: { "index.blocks.write": "false" } },
          "cwl-shop-2026.11.27": { settings: { "index.blocks.read_only_allow_delete": "true" } },
        },
      };
    },
    {
      found: "cwl-shop-2026.11.27 takes no documents: index.blocks.read_only_allow_delete",
      command:
        "curl -X PUT 'https://search.example.com/cwl-*-20*.*.*/_settings' -H 'Content-Type: application/json' -d " +
        `'{"index.blocks.read_only_allow_delete":null}'`,
    },
  ],
  "engine-version": [
    ({ domains }) => {
      const [domain] = Object(domains["/2021-01-01/opensearch/domain-info"]!.body).DomainStatusList;
      domain.EngineVersion = "OpenSearch_2.9";
    },
    {
      subject: "arn:aws:es:eu-central-1:123456789012:domain/logs",
      found: "AWS's standard support of OpenSearch_2.9 has ended on 2025-11-07; extended support costs more",
    },
  ],
  shards: [
    ({ engine }) => {
      engine["/_cluster/health"]!.body = { status: "green", active_shards: 51 };
    },
    { found: "it has 51 shards, and its heap should carry 50" },
  ],
  template: [
    ({ engine }) => {
      delete engine["/_index_template/logs"];
    },
    { found: "there is no index template logs" },
  ],
  "template-contents": [
    ({ engine }) => {
      const [entry] = Object(engine["/_index_template/logs"]!.body).index_templates;
      entry.index_template.template.settings["index.codec"] = "default";
    },
    {
      found:
        'index template logs differs: - template.settings.index.codec: "default"; + template.settings.index.codec: "best_compression"',
    },
  ],
  lifecycle: [
    ({ engine }) => {
      delete engine["/_plugins/_ism/policies/logs"];
    },
    { found: "there is no lifecycle policy logs (ism)" },
  ],
  "lifecycle-contents": [
    ({ engine }) => {
      const { policy } = Object(engine["/_plugins/_ism/policies/logs"]!.body);
      policy.states[0].transitions[0].conditions.min_index_age = "1h";
    },
    {
      found: expect.stringMatching(
        /^lifecycle policy logs \(ism\) differs: - .*min_index_age: "1h"; \+ /,
      ) as unknown as string,
    },
  ],
};

/** What is broken, for docs/doctor.md. */
export const BROKEN: Readonly<Record<keyof typeof BREAKAGES, string>> = {
  streams: "only another pipeline's stream exists",
  "stream-active": "the stream is being deleted",
  "stream-throttled": "writes to the stream are throttled",
  "stream-silent": "nothing is written to the stream",
  "log-group": "the log group's filter goes to a stream of another pipeline",
  function: "the function does not exist",
  runtime: "the function has Node.js 20",
  mapping: "the event source mapping is deleted",
  "mapping-enabled": "the event source mapping is disabled",
  undrained: "the log group delivers to another stream, and its own is not read to its end",
  "mapping-result": "Lambda cannot call the function",
  "iterator-age": "the function is 20 minutes behind",
  "function-errors": "invocations fail",
  alarms: "an alarm is in ALARM; so is one of another pipeline",
  archive: "the bucket is deleted",
  "archive-writable": "no policy of the role allows kms:GenerateDataKey",
  undelivered: "Lambda has given up a batch",
  "dead-lettered": "three records were dead-lettered, one of them more than a week ago",
  rejected: "the index has rejected an event",
  "role-iam": "an organization's policy denies es:ESHttpPost",
  "role-mapping": "the role mapping is taken away",
  "search-reachable": "the endpoint refuses connections",
  "search-iam": "AWS denies the caller",
  "search-role": "the domain's roles deny the caller",
  "cluster-health": "replicas are on no node",
  disk: "a disk is 86 % full",
  "index-blocks": "yesterday's index is blocked",
  "engine-version": "the domain has OpenSearch 2.9",
  shards: "there are 51 shards on a heap of 2 GiB",
  template: "the index template is deleted",
  "template-contents": "the template's codec is changed",
  lifecycle: "the lifecycle policy is deleted",
  "lifecycle-contents": "the age of deletion in the policy is changed",
};
