import { indicesOfEnvironment } from "../../core/indices/configured-indices";
import { templatesOf } from "../../core/indices/ensure-indices";
import { LIFECYCLE_APIS } from "../../core/indices/lifecycle";
import { parseEnvironment } from "../../core/settings/environment";
import { findLanes } from "../../doctor/aws";
import type { DoctorClients, DoctorContext, DoctorEngine } from "../../doctor/context";
import { environmentOf } from "../../doctor/environment";
import { type DoctorReport, examine } from "../../doctor/examine";
import { LogGroupSources } from "../../doctor/log-group-sources";
import type { TestEventOptions } from "../../doctor/test-event/examine";
import { ApiError } from "../../search/api-error";
import { fakeIam } from "./iam";

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

/** Of the function. */
const VARIABLES = {
  ...{ SEARCH_ENDPOINT: "https://search.example.com", ARCHIVE_BUCKET: "logs-archive" },
  ...{ INDEX_TEMPLATE: "logs", INDEX_RETENTION_DAYS: "30" },
};
const INDICES = indicesOfEnvironment(parseEnvironment({ ...VARIABLES, AWS_REGION: "eu-central-1" }))!;

export const streamArnOf = (stream: string): string => `arn:aws:kinesis:eu-central-1:123456789012:stream/${stream}`;
const KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const STREAM_ARN = streamArnOf("logs_shop");
export const ROLE_ARN = "arn:aws:iam::123456789012:role/logs-eu-central-1-forwarder";
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
    DescribeStreamSummaryCommand: ({ StreamName }) => ({
      StreamDescriptionSummary: {
        ...{ StreamStatus: "ACTIVE", OpenShardCount: 2, StreamARN: streamArnOf(String(StreamName)) },
      },
    }),
    GetFunctionConfigurationCommand: () => ({
      ...{
        FunctionArn: FUNCTION_ARN,
        Role: ROLE_ARN,
        State: "Active",
        LastUpdateStatus: "Successful",
        Runtime: "nodejs22.x",
      },
      Environment: { Variables: VARIABLES },
    }),
    ListEventSourceMappingsCommand: mappingsOf({}),
    GetMetricStatisticsCommand: ({ MetricName, Statistics }) => {
      const value = metrics[String(MetricName)];
      return { Datapoints: value === undefined ? [] : [{ [(Statistics as string[])[0]!]: value }] };
    },
    FilterLogEventsCommand: () => ({ events: [] }),
    DescribeLogGroupsCommand: ({ logGroupNamePrefix, logGroupNamePattern }) => ({
      logGroups: ["/aws/lambda/shop", "shop", "shop-2"]
        .filter(
          (name) =>
            name.startsWith(String(logGroupNamePrefix ?? "")) && name.includes(String(logGroupNamePattern ?? "")),
        )
        .map((logGroupName) => ({ logGroupName })),
    }),
    DescribeAccountPoliciesCommand: () => ({ accountPolicies: [] }),
    DescribeDestinationsCommand: () => ({ destinations: [] }),
    DescribeSubscriptionFiltersCommand: () => ({
      subscriptionFilters: [{ destinationArn: STREAM_ARN }],
    }),
    HeadBucketCommand: () => ({}),
    GetBucketEncryptionCommand: () => ({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY_ARN } }],
      },
    }),
    ListObjectsV2Command: () => ({}),
    DescribeAlarmsCommand: () => ({ MetricAlarms: [] }),
  };
}

const POLICY_PATH = "/_plugins/_ism/policies/logs";

/** What a healthy engine answers, by path without the query. @param policyPath of its way to delete indices */
export function healthyEngine(policyPath = POLICY_PATH): Record<string, { status: number; body: unknown }> {
  const { kind, body } = LIFECYCLE_APIS.find(({ path }) => path("logs") === policyPath)!;
  const policy = structuredClone(body(INDICES));
  const template = structuredClone(templatesOf(INDICES, kind)[0]!);
  return {
    "/_cluster/health": { status: 200, body: { status: "green", active_shards: 40, unassigned_shards: 0 } },
    "/_cat/allocation": { status: 200, body: [{ node: "a", "disk.percent": "60" }] },
    "/cwl-*-20*.*.*/_settings/index.blocks.*": { status: 200, body: {} },
    "/_cat/nodes": { status: 200, body: [{ "heap.max": String(2 * 2 ** 30), "node.role": "dimr" }] },
    "/_index_template/logs": { status: 200, body: { index_templates: [{ name: "logs", index_template: template }] } },
    ...Object.fromEntries(LIFECYCLE_APIS.map(({ path }) => [path("logs"), { status: 400, body: {} }])),
    "/_plugins/_security/api/roles/none": { status: 404, body: { status: "NOT_FOUND" } },
    "/_plugins/_security/api/rolesmapping": {
      status: 200,
      body: {
        own_index: { users: ["*"] },
        "logs-writer": { backend_roles: [ROLE_ARN] },
        all_access: { users: ["admin"] },
      },
    },
    "/_plugins/_security/api/roles": {
      status: 200,
      body: {
        "logs-writer": {
          cluster_permissions: ["indices:data/write/bulk"],
          index_permissions: [{ index_patterns: ["cwl-*-20*"], allowed_actions: ["write_all"] }],
        },
        readers: {
          cluster_permissions: ["*"],
          index_permissions: [{ index_patterns: ["*"], allowed_actions: ["read"] }],
        },
      },
    },
    "/_plugins/_security/api/actiongroups": {
      status: 200,
      body: {
        write_all: { allowed_actions: ["indices:data/write*", "again"] },
        again: { allowed_actions: ["write_all"] },
      },
    },
    [policyPath]: {
      status: 200,
      body: kind === "ilm" ? { logs: policy } : { _seq_no: 1, _primary_term: 1, ...policy },
    },
  };
}

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
export const fakeEngine = (responses: ReturnType<typeof healthyDomains>): DoctorEngine => ({
  origin: "https://search.example.com",
  api: {
    async call({ path, accepted = [] }) {
      const { status, body } = responses[path.split("?")[0]!] ?? { status: 404, body: { error: { type: "none" } } };
      if (status !== 200 && !accepted.includes(status)) throw new ApiError(`${path}: ${status}`, status);
      return { status, body };
    },
  },
});

/** The API that manages domains; that of the pipeline is the last of six, and has an endpoint of its own and a custom one. */
export const healthyDomains = (): Record<string, { status: number; body: unknown }> => ({
  "/2021-01-01/domain": {
    status: 200,
    body: { DomainNames: ["a", "b", "c", "d", "e", "logs"].map((DomainName) => ({ DomainName })) },
  },
  "/2021-01-01/opensearch/domain-info": {
    status: 200,
    body: {
      DomainStatusList: [
        {
          ...{ ARN: "arn:aws:es:eu-central-1:123456789012:domain/logs", Endpoint: "search-logs.es.amazonaws.com" },
          ...{
            AccessPolicies: "",
            EngineVersion: "OpenSearch_2.11",
            DomainEndpointOptions: { CustomEndpoint: "search.example.com" },
          },
        },
      ],
    },
  },
});

/** What a test breaks. */
export interface PipelineToBreak {
  iam: Record<string, string>;
  domains: ReturnType<typeof healthyDomains>;
  answers: Answers;
  metrics: ReturnType<typeof healthyMetrics>;
  engine: ReturnType<typeof healthyEngine>;
}

/** Gives the function other variables. */
export const functionWith =
  (variables: Readonly<Record<string, string>>) =>
  ({ answers }: PipelineToBreak): void => {
    const healthy = answers.GetFunctionConfigurationCommand!;
    answers.GetFunctionConfigurationCommand = (input) => ({
      ...Object(healthy(input)),
      Environment: { Variables: { ...VARIABLES, ...variables } },
    });
  };

/** What a test looks at besides the report. */
interface Observed {
  readonly sent?: SentCommand[];
  readonly simulated?: Readonly<Record<string, string>>[];
  readonly testEvent?: TestEventOptions;
}

/** Examines a pipeline of which something is broken. */
export async function examinedPipeline(
  breakIt: (pipeline: PipelineToBreak) => void = () => undefined,
  { sent = [], simulated = [], testEvent }: Observed = {},
): Promise<DoctorReport> {
  const metrics = healthyMetrics();
  const pipeline = {
    ...{ metrics, answers: healthyAnswers(metrics), engine: healthyEngine() },
    ...{ iam: {}, domains: healthyDomains() },
  };
  breakIt(pipeline);
  const clients = fakeClients(pipeline.answers, sent);
  const lanes = await findLanes("logs", clients);
  const context: DoctorContext = {
    ...{ name: "logs", lanes, clients, nowMs: NOW_MS, isAws: true, logGroups: ["/aws/lambda/shop"] },
    sources: new LogGroupSources("logs", clients.logs),
    environment: () => environmentOf(lanes),
    engine: fakeEngine(pipeline.engine),
    iam: fakeIam(pipeline.iam, simulated),
    domains: fakeEngine(pipeline.domains).api,
  };
  return examine(context, testEvent);
}
