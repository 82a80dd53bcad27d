import type { DoctorClients, DoctorContext } from "../../doctor/context";
import { ApiError } from "../../search/api-error";

type Answers = Record<string, (input: Record<string, unknown>) => unknown>;

export const NOW_MS = Date.UTC(2026, 10, 28, 10);

/** An answer of AWS that is an error. */
export const awsError = (name: string, httpStatusCode: number): Error =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

/** Values of a healthy pipeline by metric; undefined: there are none. */
export const healthyMetrics = (): Record<string, number | undefined> => ({
  WriteProvisionedThroughputExceeded: 0,
  IncomingRecords: 12,
  IteratorAge: 3_000,
  Errors: 0,
});

const STREAM_ARN = "arn:aws:kinesis:eu-central-1:123456789012:stream/logs_shop";
const FUNCTION_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:logs_shop";

/** The mappings of the stream: another application's, which is none of the pipeline's, and the pipeline's with what is given. */
export const mappingsOf =
  (given: object) =>
  ({ EventSourceArn }: Record<string, unknown>): unknown => {
    const own = { UUID: "uuid-1", FunctionArn: FUNCTION_ARN, State: "Enabled", LastProcessingResult: "OK", ...given };
    const other = { UUID: "uuid-2", FunctionArn: `${FUNCTION_ARN}-alerts`, State: "Disabled" };
    return { EventSourceMappings: EventSourceArn === STREAM_ARN ? [other, own] : [] };
  };

/** What AWS answers about a healthy pipeline, by command. A test replaces what is broken. */
export function healthyAnswers(metrics = healthyMetrics()): Answers {
  return {
    ListStreamsCommand: () => ({ StreamNames: ["logs-more_foo", "logs_shop", "other"], HasMoreStreams: false }),
    DescribeStreamSummaryCommand: () => ({
      StreamDescriptionSummary: { StreamStatus: "ACTIVE", OpenShardCount: 2, StreamARN: STREAM_ARN },
    }),
    GetFunctionConfigurationCommand: () => ({
      ...{ State: "Active", LastUpdateStatus: "Successful", Runtime: "nodejs22.x" },
      Environment: {
        Variables: {
          ...{ SEARCH_ENDPOINT: "https://search.example.com", ARCHIVE_BUCKET: "logs-archive" },
          ...{ INDEX_TEMPLATE: "logs", INDEX_RETENTION_DAYS: "30" },
        },
      },
    }),
    ListEventSourceMappingsCommand: mappingsOf({}),
    GetMetricStatisticsCommand: ({ MetricName, Statistics }) => {
      const value = metrics[String(MetricName)];
      return { Datapoints: value === undefined ? [] : [{ [(Statistics as string[])[0]!]: value }] };
    },
    FilterLogEventsCommand: () => ({ events: [] }),
    DescribeLogGroupsCommand: () => ({ logGroups: [{ logGroupName: "/aws/lambda/shop" }] }),
    DescribeSubscriptionFiltersCommand: () => ({
      subscriptionFilters: [{ destinationArn: STREAM_ARN }],
    }),
    HeadBucketCommand: () => ({}),
    ListObjectsV2Command: () => ({}),
    DescribeAlarmsCommand: () => ({ MetricAlarms: [] }),
  };
}

/** What a healthy engine answers, by path without the query. */
export const healthyEngine = (): Record<string, { status: number; body: unknown }> => ({
  "/_cluster/health": { status: 200, body: { status: "green", active_shards: 40, unassigned_shards: 0 } },
  "/_cat/allocation": { status: 200, body: [{ node: "a", "disk.percent": "60" }] },
  "/_cat/nodes": { status: 200, body: [{ "heap.max": String(2 * 2 ** 30), "node.role": "dimr" }] },
  "/_index_template/logs": { status: 200, body: {} },
  "/_plugins/_ism/policies/logs": { status: 200, body: {} },
});

export interface SentCommand {
  readonly command: string;
  readonly input: Record<string, unknown>;
}

/** Clients that give these answers, and keep what they are asked. */
export function fakeClients(answers: Answers, sent: SentCommand[] = []): DoctorClients {
  const client = {
    async send(command: { input: Record<string, unknown> }) {
      const { name } = command.constructor;
      sent.push({ command: name, input: command.input });
      return answers[name]!(command.input);
    },
  };
  return { cloudwatch: client, logs: client, kinesis: client, lambda: client, s3: client } as unknown as DoctorClients;
}

/** An engine that gives these answers, and 404 to all else. */
export function fakeEngine(responses: ReturnType<typeof healthyEngine>): DoctorContext["engine"] {
  return {
    async call({ path, accepted = [] }) {
      const { status, body } = responses[path.split("?")[0]!] ?? { status: 404, body: {} };
      if (status !== 200 && !accepted.includes(status)) throw new ApiError(`${path}: ${status}`, status);
      return { status, body };
    },
  };
}
