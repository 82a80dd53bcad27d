import { archiveInputs, pipelineInputs } from "../../modules";
import { camelCase, type Fields, snakeCase } from "../../modules/inputs/schema";

/** Inputs by Terraform's names, and the beginning of each error about them. */
export interface RejectedInput {
  readonly given: Readonly<Record<string, unknown>>;
  readonly messages: readonly string[];
  /** Of errors that only a plan finds. */
  readonly messagesOfPlan?: readonly string[];
}

export const numbered = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(8, "0")}`);
export const rejected = (given: RejectedInput["given"], ...messages: string[]): RejectedInput => ({ given, messages });

/** Each object without what it has to have: Terraform takes null for that. */
export const withoutRequired = (inputs: Fields): readonly RejectedInput[] =>
  Object.entries(inputs).flatMap(([input, { schema }]) => {
    const required = Object.entries(schema.fields ?? {}).filter(([, { default: value }]) => value === undefined);
    const names = required.map(([name]) => snakeCase(name));
    const given = { [snakeCase(input)]: Object.fromEntries(names.map((name) => [name, null])) };
    const messages = names.map((name) => `${snakeCase(input)}.${name} = null: allowed is a value, not null`);
    return names.length === 0 ? [] : [rejected(given, ...messages)];
  });

const long = "x".repeat(1_025);
const tags = {
  ...Object.fromEntries(numbered(51, "tag").map((tag) => [tag, ""])),
  "aws:x": "y",
  [long]: "",
  x: long,
};
export const rejectedTags = rejected(
  { tags },
  'tags["aws:x"]: allowed is a key that does not begin',
  `tags["${long}"]: allowed is 1 to 128 characters`,
  'tags["x"] = "xxx',
  "tags = {",
);

const accepted = { Effect: "Allow", Principal: "*", Action: "es:ESHttpGet", Resource: "*" };
const { Resource: _, ...withoutResource } = accepted;

/** No statement of an access policy, each for a reason of its own. */
const STATEMENTS = [
  "{}",
  "[]",
  "null",
  "{",
  ...[
    { ...accepted, Effect: "allow" },
    withoutResource,
    { ...accepted, NotAction: "es:ESHttpPut" },
    { ...accepted, condition: {} },
    { ...accepted, Sid: "ForwarderIndexesEvents" },
  ].map((statement) => JSON.stringify(statement)),
];

const EXTRACTED = { from: "message", pattern: "a" };

/** Each with how the error about it goes on behind its place. */
const WRONG_RULES: readonly [rule: object | null, error: string][] = [
  [null, " = null: allowed is a value, not null"],
  [{ action: null }, ".action = null: allowed is a value, not null"],
  [{ action: "mask" }, '.action = "mask": allowed is one of drop, keep, sample, redact'],
  [{ action: "drop" }, ' = {"action":"drop"'],
  [{ action: "keep", values: ["a"], field: "a b" }, '.field = "a b": allowed is message or the name of a field'],
  [{ action: "keep", values: [] }, ".values = []: allowed is 1 to 50 values"],
  [{ action: "drop", values: [null] }, ".values[0] = null: allowed is a value, not null"],
  [{ action: "drop", values: ["a", "x".repeat(501)] }, '.values[1] = "xxx'],
  [{ action: "sample", rate: 1.1 }, ".rate = 1.1: allowed is a number from 0 to 1"],
  [{ action: "redact", pattern: "" }, '.pattern = "": allowed is a pattern of RE2 of 1 to 500 characters'],
  [{ action: "redact", pattern: "(?=a)" }, '.pattern = "(?=a)": allowed is a pattern that RE2 takes'],
  [{ action: "redact", what: [] }, ".what = []: allowed is 1 to 5 kinds"],
  [{ action: "redact", what: ["email", null] }, ".what[1] = null: allowed is a value, not null"],
  [{ action: "redact", what: ["phone"] }, '.what[0] = "phone": allowed is one of email, ipv4, ipv6'],
  [
    { action: "redact", field: "cloud.account.id" },
    ' = {"action":"redact","field":"cloud.account.id"}: allowed is redact with any field but aws.cloudwatch',
  ],
];

/** A value, and how the errors about it go on behind its place. */
type Wrong = readonly [value: unknown, errors: readonly string[]];

/** Values of `rules`. */
export const WRONG_RULE_LISTS: readonly Wrong[] = [
  [WRONG_RULES.map(([rule]) => rule), WRONG_RULES.map(([, error], i) => `[${i}]${error}`)],
  [
    [{ action: "keep" }, ...numbered(20, "").map((pattern) => ({ action: "drop", pattern }))],
    [' = [{"action":"keep"', ' = [{"action":"keep"'],
  ],
  [numbered(5, "x".repeat(400)).map((pattern) => ({ action: "drop", pattern })), [' = [{"action":"drop"']],
];

const COUNTER = { where: [{ pattern: "a" }] };
const valued = (count: number) => ({ field: "a", values: numbered(count, "v") });

/** Values of `metrics`. */
const WRONG_METRICS: readonly Wrong[] = [
  [
    {
      "a b": COUNTER,
      Events: COUNTER,
      none: null,
      every: {},
      unit: { ...COUNTER, unit: "Count" },
      ms: { value: "took ms", unit: "ms" },
      conditions: {
        where: [{}, { values: ["a"], pattern: "b" }, { pattern: "(?=a)" }, null, { field: "a b", values: [] }],
      },
      many: { where: numbered(6, "a").map((pattern) => ({ pattern })) },
      dimensions: {
        ...COUNTER,
        dimensions: { dimensions: { field: "a" }, ":b": null, c: { field: null, values: ["é"] } },
      },
      four: { ...COUNTER, dimensions: Object.fromEntries(numbered(4, "d").map((name) => [name, { field: "a" }])) },
      sets: { ...COUNTER, dimensions: { a: valued(9), b: valued(5) } },
    },
    [
      '["a b"]: allowed is 1 to 100 letters, digits',
      '["Events"]: allowed is any name but those of the pipeline\'s own metrics',
      '["none"] = null: allowed is a value, not null',
      '["every"] = {"value":null,"where":[]}: allowed is where, value, or both',
      '["unit"] = {"unit":"Count","value":null}: allowed is unit beside value',
      '["ms"].value = "took ms": allowed is message or the name of a field',
      '["ms"].unit = "ms": allowed is one of None, Count, Percent',
      '["conditions"].where[0] = {"pattern":null,"values":null}',
      '["conditions"].where[1] = {"pattern":"b","values":["a"]}: allowed is values or pattern',
      '["conditions"].where[2].pattern = "(?=a)": allowed is a pattern that RE2 takes',
      '["conditions"].where[3] = null: allowed is a value, not null',
      '["conditions"].where[4].field = "a b": allowed is message or the name of a field',
      '["conditions"].where[4].values = []: allowed is 1 to 50 values',
      '["many"].where = [{',
      '["dimensions"].dimensions[":b"]: allowed is 1 to 100 letters, digits',
      '["dimensions"].dimensions[":b"] = null: allowed is a value, not null',
      '["dimensions"].dimensions["c"].field = null: allowed is a value, not null',
      '["dimensions"].dimensions["c"].values[0] = "é": allowed is 1 to 255 characters of ASCII',
      '["four"].dimensions = {"d00000000"',
      '["sets"].dimensions = {"a"',
      " = {",
    ],
  ],
  [Object.fromEntries(numbered(21, "m").map((name) => [name, COUNTER])), [" = {"]],
  [Object.fromEntries(numbered(5, "m").map((name) => [name, { value: "x".repeat(450) }])), [" = {"]],
];

/** Values of `fields`. */
export const WRONG_FIELDS: readonly Wrong[] = [
  [
    {
      page: { from: "url path", pattern: "(?P<a>b)(?P<a>c)" },
      "user.name": { from: "message", pattern: "" },
      user: { from: "message", pattern: ".{0,500}" },
      event: { from: "message", pattern: "a" },
      "aws.page": { from: "message", pattern: "a" },
      "1a": { from: "message", pattern: "a" },
      empty: { from: null, pattern: null },
      none: null,
    },
    [
      '["page"].from = "url path": allowed is message, or a field\'s name',
      '["page"].pattern = "(?P',
      '["user.name"].pattern = "": allowed is a pattern of RE2 of 1 to 500 characters',
      '["user"].pattern = ".{0,500}": allowed is a pattern that RE2 takes',
      '["event"]: allowed is up to 100 letters',
      '["aws.page"]',
      '["1a"]',
      '["empty"].from = null: allowed is a value, not null',
      '["empty"].pattern = null: allowed is a value, not null',
      '["none"] = null: allowed is a value, not null',
      " = {",
    ],
  ],
  [Object.fromEntries(numbered(21, "a").map((name) => [name, EXTRACTED])), [" = {"]],
  [Object.fromEntries(numbered(5, "a").map((name) => [name, { from: "message", pattern: "x".repeat(400) }])), [" = {"]],
];

const NAMES = ["foo", "bar", "baz"];

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms";
const WRONG_TOPICS = ["topic", null, ...numbered(4, TOPIC)];

/** An attribute of log groups, or of streams, with each of these values in turn. */
function rejectedIn(input: "log_groups" | "streams", attribute: string, wrong: readonly Wrong[]): RejectedInput {
  const entries = wrong.map(([value], i) => [NAMES[i], { [attribute]: value }]);
  const messages = wrong.flatMap(([, errors], i) =>
    errors.map((error) => `${input}["${NAMES[i]}"].${attribute}${error}`),
  );
  return rejected({ [input]: Object.fromEntries(entries) }, ...messages);
}

/** Breaks each rule about one of the pipeline's inputs. */
export const rejectedByPipeline: readonly RejectedInput[] = [
  ...withoutRequired(pipelineInputs),
  rejected({ name: "Logs" }, 'name = "Logs": allowed is lower-case letters'),
  rejected({ name: "logs-" }, 'name = "logs-": allowed is lower-case letters'),
  rejected(
    {
      log_group_prefixes: {
        "": { stream: "a" },
        "/a": { stream: "a", filter_pattern: long, distribution: "random", exclude: ["/aws/lambda/*"] },
        "/b": null,
        "/c": { stream: null },
      },
    },
    'log_group_prefixes[""]: allowed is what the names of log groups begin with',
    'log_group_prefixes["/a"].filter_pattern = "xxx',
    'log_group_prefixes["/a"].distribution = "random": allowed is one of ByLogStream, Random',
    'log_group_prefixes["/a"].exclude[0] = "/aws/lambda/*": allowed is 1 to 512 letters',
    'log_group_prefixes["/b"] = null: allowed is a value, not null',
    'log_group_prefixes["/c"].stream = null: allowed is a value, not null',
  ),
  rejected(
    { search_domain: { custom_endpoint: { hostname: null, certificate_arn: null } } },
    "search_domain.custom_endpoint.hostname = null: allowed is a value, not null",
    "search_domain.custom_endpoint.certificate_arn = null: allowed is a value, not null",
  ),
  rejected(
    { account_subscription: { stream: "a", filter_pattern: long, distribution: "random", exclude: ["/aws/*", null] } },
    'account_subscription.filter_pattern = "xxx',
    'account_subscription.distribution = "random": allowed is one of ByLogStream, Random',
    'account_subscription.exclude[0] = "/aws/*": allowed is 1 to 512 letters',
    "account_subscription.exclude[1] = null: allowed is a value, not null",
  ),
  rejected(
    { stream_consumers: { "a b": "foo", c: null } },
    'stream_consumers["a b"]: allowed is 1 to 128 letters',
    'stream_consumers["c"] = null: allowed is a value, not null',
  ),
  rejected(
    { log_destination: { stream: "a" } },
    'log_destination = {"account_ids":null,"organization_id":null}: allowed is either organization_id or account_ids',
  ),
  rejected(
    { log_destination: { stream: "a", organization_id: "O-1", account_ids: ["1", null], role_arn: "logs" } },
    'log_destination = {"account_ids":["1",null],"organization_id":"O-1"}: allowed is either',
    'log_destination.organization_id = "O-1": allowed is the ID of an organization',
    'log_destination.account_ids[0] = "1": allowed is 12 digits',
    "log_destination.account_ids[1] = null: allowed is a value, not null",
    'log_destination.role_arn = "logs": allowed is an ARN',
  ),
  rejected(
    { log_destination: { stream: "a", account_ids: numbered(31, "1234") } },
    'log_destination.account_ids = ["123400000000"',
  ),
  rejected({ name: "ab" }, 'name = "ab": allowed is 3 to 24 characters'),
  rejected({ name: "a".repeat(25) }, `name = "${"a".repeat(25)}": allowed is 3 to 24 characters`),
  rejected(
    {
      log_groups: {
        "a b": {},
        foo: { shards: 10_001, retention_in_days: 364, filter_pattern: long, time_field: "a b", index: "Apps" },
        baz: { parser: "nginx", parser_fields: "srcaddr  dstaddr", distribution: "random" },
        qux: { reserved_concurrent_executions: -1 },
        bar: { shards: 1.5 },
      },
    },
    'log_groups["a b"]: allowed is 1 to 512 letters',
    'log_groups["bar"].shards = 1.5',
    'log_groups["foo"].retention_in_days = 364: allowed is one of 0, 1, 3',
    'log_groups["foo"].filter_pattern = "xxx',
    'log_groups["foo"].time_field = "a b"',
    'log_groups["foo"].index = "Apps": allowed is 1 to 100 of a-z',
    'log_groups["baz"].distribution = "random": allowed is one of ByLogStream, Random',
    'log_groups["qux"].reserved_concurrent_executions = -1: allowed is a whole number from 0',
    'log_groups["baz"].parser = "nginx": allowed is one of none, auto',
    'log_groups["baz"].parser_fields = "srcaddr  dstaddr": allowed is nothing, or up to 2,000 characters',
  ),
  rejectedIn("log_groups", "rules", WRONG_RULE_LISTS),
  rejectedIn("log_groups", "fields", WRONG_FIELDS),
  rejectedIn("log_groups", "metrics", WRONG_METRICS),
  rejectedIn("streams", "rules", WRONG_RULE_LISTS),
  rejectedIn("streams", "fields", WRONG_FIELDS),
  rejectedIn("streams", "metrics", WRONG_METRICS),
  rejected(
    {
      log_groups: {
        foo: { keep_own_stream: true },
        bar: { stream: "apps", shards: 2 },
        baz: { stream: "apps", keep_own_stream: true, shards: 2, time_field: "at" },
        qux: { stream: "apps", previous_stream: "apps" },
      },
      streams: { apps: {} },
    },
    'log_groups["foo"] = {"keep_own_stream":true,"stream":null}: allowed is keep_own_stream only beside stream',
    'log_groups["qux"] = {"previous_stream":"apps","stream":"apps"}: allowed is previous_stream null, or another one',
    'log_groups["bar"] = {"keep_own_stream":false,"reserved_concurrent_executions":null,"shards":2,"stream":"apps","time_field":null}: allowed is stream without shards',
  ),
  rejected(
    {
      streams: {
        Apps: null,
        foo: { shards: 10_001, retention_hours: 23, batch_size: 0, maximum_batching_window_in_seconds: 301 },
        bar: { parallelization_factor: 11, function_memory_mib: 127, function_timeout_seconds: 9, time_field: "a b" },
        baz: { parser: "none", event_original: true, reserved_concurrent_executions: -1 },
        qux: { parser: "nginx", join_lines: "(?!a)" },
        quux: { parser: "alb_access", parser_fields: "a b", join_lines: ".*" },
        corge: { parser_fields: "a  b", join_lines: long },
      },
    },
    'streams["Apps"]: allowed is 1 to 28 of a-z 0-9 -, the first a letter or digit: the stream is called <name>_<this>',
    'streams["Apps"] = null: allowed is a value, not null',
    'streams["foo"].shards = 10001: allowed is a whole number from 0 to 10,000',
    'streams["foo"].retention_hours = 23: allowed is a whole number from 24',
    'streams["foo"].batch_size = 0: allowed is a whole number from 1',
    'streams["foo"].maximum_batching_window_in_seconds = 301: allowed is a whole number',
    'streams["bar"].parallelization_factor = 11: allowed is a whole number',
    'streams["bar"].function_memory_mib = 127: allowed is a whole number',
    'streams["bar"].function_timeout_seconds = 9: allowed is a whole number',
    'streams["bar"].time_field = "a b"',
    'streams["baz"] = {"event_original":true,"keep_message":null,"parser":"none"}: allowed is keep_message true and',
    'streams["baz"].reserved_concurrent_executions = -1: allowed is a whole number from 0',
    'streams["qux"].parser = "nginx": allowed is one of none, auto',
    'streams["corge"].parser_fields = "a  b": allowed is nothing, or up to 2,000 characters',
    'streams["qux"].join_lines = "(?!a)": allowed is a pattern that RE2 takes',
    'streams["quux"] = {"parser":"alb_access","parser_fields":"a b"}: allowed is parser_fields empty, unless parser is',
    'streams["quux"].join_lines = ".*": allowed is a pattern that only the first lines of messages match',
    'streams["corge"].join_lines = "xxx',
  ),
  rejected({ default_index: "Logs" }, 'default_index = "Logs": allowed is 1 to 100 of a-z'),
  rejected(
    {
      log_groups: {
        foo: { join_lines: "(?!a)" },
        bar: { join_lines: long },
        baz: { join_lines: "^\\s*", parser: "alb_access", parser_fields: "a b" },
        qux: { parser: "none", keep_message: false },
      },
    },
    'log_groups["foo"].join_lines = "(?!a)": allowed is a pattern that RE2 takes',
    'log_groups["bar"].join_lines = "xxx',
    'log_groups["baz"].join_lines = "^\\\\s*": allowed is a pattern that only the first lines of messages match',
    'log_groups["baz"] = {"parser":"alb_access","parser_fields":"a b"}: allowed is parser_fields empty, unless parser is',
    'log_groups["qux"] = {"event_original":null,"keep_message":false,"parser":"none"}: allowed is keep_message true and',
  ),
  rejectedTags,
  rejected({ tags: { team: null } }, 'tags["team"] = null: allowed is a value, not null'),
  rejected(
    { log_groups: { foo: null, bar: { shards: -1 } } },
    'log_groups["foo"] = null: allowed is a value, not null',
    'log_groups["bar"].shards = -1',
  ),
  rejected({ search_domain: { reader_arns: [null] } }, "search_domain.reader_arns[0] = null: allowed is a value"),
  rejected(
    { vpc: { subnet_ids: [null], security_group_ids: [null] } },
    "vpc.subnet_ids[0] = null: allowed is a value",
    "vpc.security_group_ids[0] = null: allowed is a value",
  ),
  rejected({ batch_size: 0 }, "batch_size = 0: allowed is a whole number from 1 to 10,000"),
  rejected({ batch_size: 10_001 }, "batch_size = 10001: allowed is a whole number from 1 to 10,000"),
  rejected(
    { maximum_batching_window_in_seconds: 301 },
    "maximum_batching_window_in_seconds = 301: allowed is a whole number",
  ),
  rejected({ parallelization_factor: 11 }, "parallelization_factor = 11: allowed is a whole number from 1 to 10"),
  rejected({ stream_retention_hours: 23 }, "stream_retention_hours = 23: allowed is a whole number from 24 to 8,760"),
  rejected(
    { function_memory_mib: 10_241 },
    "function_memory_mib = 10241: allowed is a whole number from 128 to 10,240",
  ),
  rejected(
    { function_timeout_seconds: 901 },
    "function_timeout_seconds = 901: allowed is a whole number from 10 to 900",
  ),
  rejected(
    { function_runtime: "nodejs20.x" },
    'function_runtime = "nodejs20.x": allowed is one of nodejs22.x, nodejs24.x',
  ),
  rejected({ function_architecture: "arm" }, 'function_architecture = "arm": allowed is one of arm64, x86_64'),
  rejected({ function_log_retention_in_days: 2 }, "function_log_retention_in_days = 2: allowed is one of 0, 1, 3"),
  rejected({ function_tracing_mode: "Off" }, 'function_tracing_mode = "Off": allowed is one of Active, PassThrough'),
  rejected({ function_log_format: "json" }, 'function_log_format = "json": allowed is one of JSON, Text'),
  rejected(
    { function_application_log_level: "WARN" },
    'function_application_log_level = "WARN": allowed is one of TRACE, DEBUG, INFO (Lambda Developer Guide, Log-level',
  ),
  rejected(
    { function_system_log_level: "ERROR" },
    'function_system_log_level = "ERROR": allowed is one of DEBUG, INFO, WARN',
  ),
  rejected(
    {
      search_domain: {
        engine_version: "2.19",
        instance_type: "t3.small",
        instance_count: 0,
        volume_size_gib: 9,
        availability_zones: 4,
        dedicated_master_type: "m7g",
        master_user_arn: "me",
        audit_log_group_arn: "audit",
        reader_arns: numbered(51, "reader-"),
        master_user_secret_arn: "secret",
        access_policy_statements: [...STATEMENTS, ...numbered(50, "")],
        ip_allow_list: ["10.0.0.0", "10.0.0.0/33", "2001:db8::/129", "10.0.0/8", ...numbered(50, "ip")],
        saml: {
          entity_id: "idp",
          metadata_content: "",
          master_user_name: "",
          master_backend_role: "",
          session_timeout_minutes: 1_441,
        },
        cognito: { user_pool_id: "pool", identity_pool_id: "pool", role_arn: "role" },
      },
    },
    'search_domain.engine_version = "2.19": allowed is one of OpenSearch_1.0, OpenSearch_1.1',
    'search_domain.instance_type = "t3.small": allowed is an instance type',
    "search_domain.instance_count = 0: allowed is a whole number from 1 to 80",
    "search_domain.volume_size_gib = 9: allowed is a whole number from 10",
    "search_domain.availability_zones = 4: allowed is one of 1, 2, 3",
    'search_domain.dedicated_master_type = "m7g": allowed is an instance type',
    'search_domain.master_user_arn = "me": allowed is an ARN such as',
    'search_domain.audit_log_group_arn = "audit": allowed is an ARN such as',
    "search_domain.reader_arns = [",
    'search_domain.reader_arns[0] = "reader-00000000"',
    'search_domain.master_user_secret_arn = "secret": allowed is an ARN such as',
    "search_domain.access_policy_statements = [",
    ...STATEMENTS.map((text, i) => `search_domain.access_policy_statements[${i}] = ${JSON.stringify(text)}`),
    "search_domain.ip_allow_list = [",
    'search_domain.ip_allow_list[0] = "10.0.0.0"',
    'search_domain.ip_allow_list[1] = "10.0.0.0/33"',
    'search_domain.ip_allow_list[2] = "2001:db8::/129"',
    'search_domain.ip_allow_list[3] = "10.0.0/8"',
    'search_domain.saml.entity_id = "idp": allowed is 8 to 512 characters',
    'search_domain.saml.metadata_content = "": allowed is 1 to 1,048,576 characters',
    'search_domain.saml.master_user_name = "": allowed is 1 to 64 characters',
    'search_domain.saml.master_backend_role = "": allowed is 1 to 256 characters',
    "search_domain.saml.session_timeout_minutes = 1441: allowed is a whole number from 1 to 1,440",
    'search_domain.cognito.user_pool_id = "pool": allowed is a user pool ID such as',
    'search_domain.cognito.identity_pool_id = "pool": allowed is an identity pool ID such as',
    'search_domain.cognito.role_arn = "role": allowed is an ARN such as',
  ),
  rejected(
    {
      search_domain: {
        ...{ instance_type: "t3.small.search", instance_count: 11, availability_zones: 2 },
        ...{ warm_count: 2, multi_az_with_standby: true, auto_tune: false },
        ...{ volume_size_gib: 101, volume_iops: 60_000, volume_throughput_mib: 16_000 },
        log_types: ["AUDIT_LOGS", "AUDIT_LOGS"],
      },
    },
    'search_domain = {"availability_zones":2,"instance_count":11}: allowed is an instance_count that is a multiple',
    'search_domain = {"dedicated_master_type":null,"instance_count":11,"instance_type":"t3.small.search"}: allowed is an instance_count of up to 10',
    'search_domain = {"dedicated_master_type":null,"instance_type":"t3.small.search","warm_count":2}: allowed is a warm_count of 0',
    'search_domain = {"availability_zones":2,"dedicated_master_type":null,"engine_version":"OpenSearch_2.19","instance_count":11,"instance_type":"t3.small.search","multi_az_with_standby":true,"warm_count":2}',
    'search_domain = {"auto_tune":false,"dedicated_master_type":null,"instance_type":"t3.small.search"}: allowed is auto_tune null',
    'search_domain = {"instance_type":"t3.small.search","volume_size_gib":101}: allowed is a volume_size_gib that',
    'search_domain = {"volume_iops":60000,"volume_size_gib":101}: allowed is up to 500 volume_iops',
    'search_domain = {"volume_iops":60000,"volume_throughput_mib":16000}: allowed is a volume_throughput_mib of up to a quarter',
    'search_domain = {"audit_log_group_arn":null,"log_types":["AUDIT_LOGS","AUDIT_LOGS"],"master_user_arn":null,"master_user_secret_arn":null}',
    'search_domain = {"audit_log_group_arn":null,"log_types":["AUDIT_LOGS","AUDIT_LOGS"]}: allowed is each type once',
  ),
  rejected(
    {
      search_domain: {
        ...{ instance_type: "or1.medium.search", engine_version: "OpenSearch_2.9", cold_storage: true },
        ...{ volume_size_gib: 500, volume_throughput_mib: 125 },
      },
    },
    'search_domain = {"dedicated_master_type":null,"engine_version":"OpenSearch_2.9","instance_type":"or1.medium.search"}: allowed is OpenSearch_2.11',
    'search_domain = {"cold_storage":true,"warm_count":0}: allowed is cold_storage false without warm_count',
    'search_domain = {"volume_iops":null,"volume_size_gib":500,"volume_throughput_mib":125}: allowed is a volume_throughput_mib of at least 250',
  ),
  rejected(
    {
      search_domain: {
        ...{ instance_type: "i4g.large.search", volume_iops: 2_999, volume_throughput_mib: 124 },
        ...{ warm_type: "ultrawarm1.small.search", warm_count: 1, off_peak_window_start: "24:00" },
        ...{ log_types: ["SLOW_LOGS", null, ...numbered(3, "log-")], log_retention_in_days: 2 },
        custom_endpoint: { hostname: "Search", certificate_arn: "certificate" },
      },
    },
    'search_domain = {"instance_type":"i4g.large.search","volume_iops":2999,"volume_size_gib":null,"volume_throughput_mib":124}: allowed is volume_size_gib, volume_iops and volume_throughput_mib null',
    "search_domain.volume_iops = 2999: allowed is a whole number from 3,000",
    "search_domain.volume_throughput_mib = 124: allowed is a whole number from 125",
    'search_domain.warm_type = "ultrawarm1.small.search": allowed is one of ultrawarm1.medium.search',
    "search_domain.warm_count = 1: allowed is 0, or a whole number from 2 to 150",
    'search_domain.off_peak_window_start = "24:00": allowed is a time in UTC',
    'search_domain.log_types = ["SLOW_LOGS",null',
    'search_domain.log_types[0] = "SLOW_LOGS"',
    "search_domain.log_types[1] = null: allowed is a value, not null",
    "search_domain.log_retention_in_days = 2: allowed is one of 0, 1, 3",
    'search_domain.custom_endpoint.hostname = "Search": allowed is a fully qualified domain name',
    'search_domain.custom_endpoint.certificate_arn = "certificate": allowed is an ARN such as',
  ),
  rejected(
    {
      search_domain: {
        ...{ instance_type: "m4.large.search", volume_size_gib: 1_500, volume_iops: 4_499, volume_throughput_mib: 250 },
      },
    },
    'search_domain.instance_type = "m4.large.search": allowed is an instance type of the current generation',
    'search_domain = {"volume_iops":4499,"volume_size_gib":1500,"volume_throughput_mib":250}: allowed is a volume_throughput_mib of at least 250',
  ),
  rejected(
    { search_endpoint: "http://example.com" },
    'search_endpoint = "http://example.com": allowed is an https:// origin',
  ),
  rejected(
    { search_endpoint: "https://host/path" },
    'search_endpoint = "https://host/path": allowed is an https:// origin',
  ),
  rejected(
    { search_endpoint: "https://search.example.com:65536" },
    'search_endpoint = "https://search.example.com:65536": allowed is an https:// origin',
  ),
  ...["https://abc.eu-central-1.aoss.amazonaws.com", "https://abc.AOSS-fips.us-east-1.on.aws"].map((search_endpoint) =>
    rejected(
      { search_endpoint },
      `search_endpoint = "${search_endpoint}": allowed is the endpoint of an OpenSearch Service domain or of a cluster`,
    ),
  ),
  rejected({ search_domain_arn: "search" }, 'search_domain_arn = "search": allowed is an ARN such as'),
  rejected(
    {
      search_credentials: {
        secret_arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search",
        kms_key_arn: "alias/aws/secretsmanager",
      },
    },
    'search_credentials.secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search": allowed is an ARN',
    'search_credentials.kms_key_arn = "alias/aws/secretsmanager": allowed is an ARN such as',
  ),
  rejected({ search_region: "frankfurt" }, 'search_region = "frankfurt": allowed is the name of a region'),
  rejected(
    { target_stream_arn: "app-logs", target_stream_kms_key_arn: "alias/x" },
    'target_stream_arn = "app-logs": allowed is an ARN such as',
    'target_stream_kms_key_arn = "alias/x": allowed is an ARN such as',
  ),
  rejected({ index_template: "own" }, 'index_template = "own": allowed is one of managed, none'),
  rejected({ index_replicas: 21 }, "index_replicas = 21: allowed is a whole number from 0 to 20"),
  rejected({ index_shards: 0 }, "index_shards = 0: allowed is a whole number from 1 to 1,024"),
  rejected(
    { index_refresh_interval_seconds: 3_601 },
    "index_refresh_interval_seconds = 3601: allowed is a whole number from 1 to 3,600",
  ),
  rejected({ index_sort: "level" }, 'index_sort = "level": allowed is one of none, time'),
  rejected({ index_retention_days: -1 }, "index_retention_days = -1: allowed is a whole number from 0 to 3,650"),
  rejected({ bulk_requests: 17 }, "bulk_requests = 17: allowed is a whole number from 1 to 16"),
  rejected(
    {
      kms_key_arn: "alias/logs",
      kms_key_administrators: ["admin", null, ...numbered(49, "admin-")],
      kms_key_policy_statements: [...STATEMENTS, ...numbered(50, "")],
      kms_key_deletion_window_in_days: 6,
    },
    'kms_key_arn = "alias/logs": allowed is an ARN such as',
    "kms_key_administrators = [",
    'kms_key_administrators[0] = "admin"',
    "kms_key_administrators[1] = null: allowed is a value, not null",
    "kms_key_policy_statements = [",
    'kms_key_policy_statements[0] = "{}"',
    "kms_key_deletion_window_in_days = 6: allowed is a whole number from 7 to 30",
  ),
  rejected(
    { kms_key_policy_statements: [null, JSON.stringify({ ...accepted, Sid: "KeptLogGroups" })] },
    "kms_key_policy_statements[0] = null: allowed is a value, not null",
    'kms_key_policy_statements[1] = "{',
  ),
  rejected({ request_timeout_seconds: 301 }, "request_timeout_seconds = 301: allowed is a whole number from 1 to 300"),
  rejected({ bulk_max_bytes: 65_535 }, "bulk_max_bytes = 65535: allowed is a whole number from 65,536"),
  rejected({ record_max_bytes: 1_048_575 }, "record_max_bytes = 1048575: allowed is a whole number from 1,048,576"),
  rejected({ metrics_namespace: "a b" }, 'metrics_namespace = "a b": allowed is nothing, or up to 255 of'),
  rejected(
    { metrics_namespace: "AWS/Lambda" },
    'metrics_namespace = "AWS/Lambda": allowed is nothing, or up to 255 of',
  ),
  rejected(
    {
      alarms: {
        ...{ actions: [], ok_actions: WRONG_TOPICS, insufficient_data_actions: WRONG_TOPICS },
        ...{ iterator_age_minutes: 0, failing_minutes: 7, quarantined_events: -1, nothing_arrived_minutes: 1_445 },
        ...{ free_storage_percent: 100, jvm_memory_pressure_percent: 101 },
      },
    },
    "alarms.actions = []: allowed is 1 to 5 topics (CloudWatch API Reference, PutMetricAlarm)",
    "alarms.ok_actions = [",
    'alarms.ok_actions[0] = "topic": allowed is an ARN such as',
    "alarms.ok_actions[1] = null: allowed is a value, not null",
    "alarms.insufficient_data_actions = [",
    'alarms.insufficient_data_actions[0] = "topic": allowed is an ARN such as',
    "alarms.insufficient_data_actions[1] = null: allowed is a value, not null",
    "alarms.iterator_age_minutes = 0: allowed is a whole number from 1 to 10,079",
    "alarms.failing_minutes = 7: allowed is a multiple of 5 from 5 to 1,440",
    "alarms.quarantined_events = -1: allowed is a whole number from 0",
    "alarms.nothing_arrived_minutes = 1445: allowed is a multiple of 5 from 0 to 1,440",
    "alarms.free_storage_percent = 100: allowed is a whole number from 1 to 99",
    "alarms.jvm_memory_pressure_percent = 101: allowed is a whole number from 1 to 100",
  ),
  rejected(
    { alarms: { actions: [`${TOPIC}.fifo`, null], failing_minutes: 0 } },
    `alarms.actions[0] = "${TOPIC}.fifo": allowed is an ARN such as`,
    "alarms.actions[1] = null: allowed is a value, not null",
    "alarms.failing_minutes = 0: allowed is a multiple of 5 from 5 to 1,440",
  ),
  rejected({ index_prefix: "_cwl" }, 'index_prefix = "_cwl": allowed is 1 to 100 of a-z'),
  rejected({ index_period: "year" }, 'index_period = "year": allowed is one of hour, day, week, month'),
  rejected(
    {
      index_history: {
        "2026-02-30T00:00:00Z": {},
        "2026-12-01T00:00:00Z": {
          prefix: "_",
          period: "year",
          default_index: "-",
          indices: { "a b": "apps", foo: "*", bar: null },
        },
        "2026-12-02T00:00:00Z": null,
      },
    },
    'index_history["2026-02-30T00:00:00Z"]: allowed is a whole hour in UTC',
    'index_history["2026-12-01T00:00:00Z"].prefix = "_": allowed is 1 to 100 of a-z',
    'index_history["2026-12-01T00:00:00Z"].period = "year": allowed is one of hour, day, week, month',
    'index_history["2026-12-01T00:00:00Z"].default_index = "-": allowed is 1 to 100 of a-z',
    'index_history["2026-12-01T00:00:00Z"].indices["a b"]: allowed is 1 to 512 letters',
    'index_history["2026-12-01T00:00:00Z"].indices["foo"] = "*": allowed is 1 to 100 of a-z',
    'index_history["2026-12-01T00:00:00Z"].indices["bar"] = null: allowed is a value, not null',
    'index_history["2026-12-02T00:00:00Z"] = null: allowed is a value, not null',
  ),
  rejected(
    { index_history: { "2026-12-01T00:30:00Z": {} } },
    'index_history["2026-12-01T00:30:00Z"]: allowed is a whole hour in UTC',
  ),
  rejected(
    { index_history: Object.fromEntries(numbered(11, "").map((_, year) => [`${2001 + year}-01-01T00:00:00Z`, {}])) },
    "index_history = {",
  ),
  rejected({ archive_bucket: "my.bucket" }, 'archive_bucket = "my.bucket": allowed is 3 to 63 lower-case letters'),
  rejected({ archive_bucket_account_id: "1234" }, 'archive_bucket_account_id = "1234": allowed is 12 digits'),
  rejected({ archive_prefix: "../" }, 'archive_prefix = "../": allowed is nothing, or up to 256 of'),
  rejected({ archive_prefix: `${long}/` }, 'archive_prefix = "xxx'),
  rejected({ archive_content: "masked" }, 'archive_content = "masked": allowed is one of raw, redacted'),
  rejected({ archive_kms_key_arn: "alias/x" }, 'archive_kms_key_arn = "alias/x": allowed is an ARN such as'),
  rejected(
    {
      index_cleanup: {
        schedule: "at(2026-11-26T03:00:00)",
        timezone: "Mars",
        keep_days: 0,
        keep_count: 10_001,
        max_disk_percent: 96,
        max_deletions_per_run: 0,
      },
    },
    'index_cleanup.schedule = "at(2026-11-26T03:00:00)": allowed is a rate such as rate(1 day)',
    'index_cleanup.timezone = "Mars": allowed is the IANA name',
    "index_cleanup.keep_days = 0: allowed is a whole number from 1 to 3,650",
    "index_cleanup.keep_count = 10001: allowed is a whole number from 1 to 10,000",
    "index_cleanup.max_disk_percent = 96: allowed is a whole number from 1 to 95",
    "index_cleanup.max_deletions_per_run = 0: allowed is a whole number from 1 to 10,000",
  ),
  rejected(
    { index_cleanup: { schedule: `cron(${"x".repeat(256)})`, timezone: "europe/berlin", keep_days: 1 } },
    'index_cleanup.schedule = "cron(xxx',
    'index_cleanup.timezone = "europe/berlin": allowed is the IANA name',
  ),
  rejected(
    { archive_compaction: { schedule: "hourly", timezone: "Mars", look_back_hours: 0 } },
    'archive_compaction.schedule = "hourly": allowed is a rate such as rate(1 day)',
    'archive_compaction.timezone = "Mars": allowed is the IANA name',
    "archive_compaction.look_back_hours = 0: allowed is a whole number from 1 to 8,760",
  ),
  rejected({ archive_compaction: { schedule: `cron(${"x".repeat(256)})` } }, 'archive_compaction.schedule = "cron(xxx'),
  rejected(
    { audit: { schedule: "hourly", timezone: "Mars", min_age_hours: 361, look_back_hours: 0, memory_mib: 256 } },
    'audit.schedule = "hourly": allowed is a rate such as rate(1 day)',
    'audit.timezone = "Mars": allowed is the IANA name',
    "audit.min_age_hours = 361: allowed is a whole number from 1 to 360",
    "audit.look_back_hours = 0: allowed is a whole number from 1 to 168",
    "audit.memory_mib = 256: allowed is a whole number from 512 to 10,240",
  ),
  rejected({ audit: { schedule: `cron(${"x".repeat(256)})` } }, 'audit.schedule = "cron(xxx'),
  ...["cron(0 3 * * *)", "cron(0 3 1 * MON *)", "rate(1 week)"].map((schedule) =>
    rejected(
      { index_cleanup: { schedule, keep_days: 1 } },
      `index_cleanup.schedule = "${schedule}": allowed is a rate such as rate(1 day), or cron(minutes hours`,
    ),
  ),
  rejected(
    { vpc: { subnet_ids: ["subnet"], security_group_ids: ["sg"] } },
    'vpc.subnet_ids[0] = "subnet": allowed is a subnet ID',
    'vpc.security_group_ids[0] = "sg": allowed is a security group ID',
  ),
  rejected(
    { vpc: { subnet_ids: numbered(17, "subnet-"), security_group_ids: numbered(6, "sg-") } },
    "vpc.subnet_ids = [",
    "vpc.security_group_ids = [",
  ),
  rejected(
    { forwarder_role_arn: "forwarder", logs_to_kinesis_role_arn: "arn:aws:iam::1:role/logs" },
    'forwarder_role_arn = "forwarder": allowed is an ARN such as',
    'logs_to_kinesis_role_arn = "arn:aws:iam::1:role/logs": allowed is an ARN such as',
  ),
  rejected({ role_path: "logging" }, 'role_path = "logging": allowed is a path that begins and ends with /'),
  rejected({ role_path: `/${"x".repeat(511)}/` }, 'role_path = "/xxx'),
  rejected(
    { permissions_boundary_arn: "boundary" },
    'permissions_boundary_arn = "boundary": allowed is an ARN such as',
  ),
];

/** Breaks each rule about one of the archive's inputs. */
export const rejectedByArchive: readonly RejectedInput[] = [
  ...withoutRequired(archiveInputs),
  rejected({ tags: { team: null } }, 'tags["team"] = null: allowed is a value, not null'),
  rejected({ name: "logs_" }, 'name = "logs_": allowed is lower-case letters'),
  rejected({ name: "ab" }, 'name = "ab": allowed is 3 to 24 characters'),
  rejected({ archive_bucket: "Bucket" }, 'archive_bucket = "Bucket": allowed is 3 to 63 lower-case letters'),
  rejectedTags,
  rejected({ kms_key_arn: "key" }, 'kms_key_arn = "key": allowed is an ARN such as'),
  rejected({ transition_days: 29 }, "transition_days = 29: allowed is a whole number from 30"),
  rejected({ expiration_days: 0 }, "expiration_days = 0: allowed is a whole number from 1"),
  rejected(
    { noncurrent_version_expiration_days: 0 },
    "noncurrent_version_expiration_days = 0: allowed is a whole number",
  ),
  rejected(
    { transition_storage_class: "GLACIER" },
    'transition_storage_class = "GLACIER": allowed is one of STANDARD_IA, INTELLIGENT_TIERING, GLACIER_IR',
  ),
  rejected(
    { object_lock: { mode: "Compliance", days: 36_501 } },
    'object_lock.mode = "Compliance": allowed is one of GOVERNANCE, COMPLIANCE',
    "object_lock.days = 36501: allowed is a whole number from 1 to 36,500",
  ),
  rejected(
    { replication: { destination_bucket_arn: "replica", destination_account_id: "1", destination_kms_key_arn: "key" } },
    'replication.destination_bucket_arn = "replica": allowed is an ARN such as',
    'replication.destination_account_id = "1": allowed is 12 digits',
    'replication.destination_kms_key_arn = "key": allowed is an ARN such as',
  ),
  rejected(
    { access_log_bucket: "my.logs", access_log_prefix: long },
    'access_log_bucket = "my.logs": allowed is 3 to 63',
    'access_log_prefix = "xxx',
  ),
  rejected(
    { bucket_policy_statements: [JSON.stringify({ ...accepted, Sid: "TlsOnly" }), null, ...numbered(49, "")] },
    "bucket_policy_statements = [",
    "bucket_policy_statements[0] = ",
    "bucket_policy_statements[1] = null: allowed is a value, not null",
  ),
  rejected(
    { permissions_boundary_arn: "boundary" },
    'permissions_boundary_arn = "boundary": allowed is an ARN such as',
  ),
];

/** Breaks each rule between the archive's inputs. */
export const rejectedTogetherByArchive: RejectedInput = {
  given: {
    expiration_days: 30,
    object_lock: { mode: "GOVERNANCE", days: 61 },
    ...{ archive_bucket: "the-archive", access_log_bucket: "the-archive" },
    replication: {
      destination_bucket_arn: "arn:aws:s3:::the-archive",
      destination_kms_key_arn: "arn:aws:kms:eu-west-1:123456789012:key/replicas",
    },
  },
  messages: [
    "expiration_days = 30: allowed is more than transition_days",
    "object_lock.days = 61: allowed is up to expiration_days and noncurrent_version_expiration_days together",
    'replication.destination_kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/replicas": allowed is an ARN if, and only if',
  ],
  messagesOfPlan: [
    'access_log_bucket = "the-archive": allowed is another bucket than the archive',
    'replication.destination_bucket_arn = "arn:aws:s3:::the-archive": allowed is another bucket',
  ],
};

/** Breaks the rules about what is given for nothing, and about the key's region. */
export const rejectedWithoutOptions: RejectedInput = {
  given: {
    access_log_prefix: "s3/",
    permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
    kms_key_arn: "arn:aws:kms:us-east-1:123456789012:key/archive",
  },
  messages: [
    'access_log_prefix = "s3/": allowed is empty unless access_log_bucket',
    'permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary": allowed is null unless replication',
  ],
  messagesOfPlan: ['kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/archive": allowed is a key in eu-central-1'],
};

/** What no function can have together. */
const LEVELS_OF_TEXT = {
  function_log_format: "Text",
  function_application_log_level: "DEBUG",
  function_system_log_level: "WARN",
};

const rejectedLevels = [
  'function_application_log_level = "DEBUG": allowed is null unless function_log_format is JSON',
  'function_system_log_level = "WARN": allowed is null unless function_log_format is JSON',
];

export const rejectedFunctionOptions: RejectedInput = { given: LEVELS_OF_TEXT, messages: rejectedLevels };

/** The same of a function that sends requests, with 512 MiB of memory. */
export const rejectedRequests: RejectedInput = {
  given: {
    ...LEVELS_OF_TEXT,
    ...{
      function_memory_mib: 512,
      function_timeout_seconds: 30,
      request_timeout_seconds: 30,
      bulk_max_bytes: 22_369_622,
    },
  },
  messages: [
    ...rejectedLevels,
    "request_timeout_seconds = 30: allowed is less than function_timeout_seconds",
    "bulk_max_bytes = 22369622: allowed is what fits 12 times for each of bulk_requests into function_memory_mib",
  ],
};

/** Breaks each rule between the pipeline's inputs, all at once. */
export const rejectedTogetherByPipeline: RejectedInput = {
  given: {
    ...rejectedRequests.given,
    record_max_bytes: 33_554_433,
    ...{ create_forwarder_role: false, create_logs_to_kinesis_role: false },
    ...{ create_kms_key: false, kms_key_administrators: ["arn:aws:iam::123456789012:role/admin"] },
    ...{ kms_key_policy_statements: [JSON.stringify(accepted)], kms_key_deletion_window_in_days: 7 },
    log_groups: {
      1: {},
      "/aws/lambda/logging-pipeline_1": {},
      // Begins as the names of forwarders do, and is none's.
      "/aws/lambda/logging-pipeline_2": {},
      foo: { rules: [{ action: "redact", what: ["email"] }] },
      adrift: { stream: "gone", previous_stream: "away" },
      "/beside/its/parser": { stream: "3", parser_fields: "a b", keep_message: false },
      "/aws/lambda/logging-pipeline_3": { stream: "3" },
      long: {
        rules: numbered(4, "x".repeat(400)).map((pattern) => ({ action: "drop", pattern })),
        join_lines: "x".repeat(500),
        fields: Object.fromEntries(["a", "b", "c"].map((name) => [name, { from: "b", pattern: "x".repeat(500) }])),
      },
    },
    archive_kms_key_arn: "arn:aws:kms:us-east-1:123456789012:key/archive",
    streams: {
      1: { rules: [{ action: "redact", what: ["email"] }], metrics: { m: COUNTER }, retention_hours: 24 },
      3: { parser: "none", function_timeout_seconds: 10, function_memory_mib: 128 },
    },
    log_group_prefixes: { "/app/": { stream: "gone" } },
    account_subscription: { stream: "gone", exclude: numbered(400, `/app/${"x".repeat(50)}`) },
    stream_consumers: {
      ...{ nowhere: "gone", "of-shared": "/beside/its/parser" },
      ...Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`c${i}`, "1"])),
    },
    log_destination: {
      ...{ stream: "gone", account_ids: ["210987654321", "123456789012"] },
      role_arn: "arn:aws:iam::210987654321:role/logs",
    },
    search_domain_arn: "arn:aws:es:eu-central-1:123456789012:domain/search",
    search_region: "us-east-1",
    search_credentials: {
      secret_arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf",
      kms_key_arn: "arn:aws:kms:us-east-1:123456789012:key/secret",
    },
    target_stream_arn: "arn:aws:kinesis:eu-central-1:123456789012:stream/logging-pipeline_1",
    index_replicas: 1,
    index_refresh_interval_seconds: 5,
    search_domain: {
      ...{ instance_type: "or1.large.search", instance_count: 3, volume_size_gib: 20 },
      ...{ availability_zones: 3, multi_az_with_standby: true, dedicated_master_type: "m7g.large.search" },
      custom_endpoint: {
        hostname: "search.example.com",
        certificate_arn: "arn:aws:acm:us-east-1:123456789012:certificate/0",
      },
      saml: { entity_id: "https://idp.example.com", metadata_content: "<xml/>" },
      cognito: {
        user_pool_id: "eu-central-1_A",
        identity_pool_id: "eu-central-1:0",
        role_arn: "arn:aws:iam::123456789012:role/cognito",
      },
      reader_arns: ["arn:aws:iam::123456789012:role/reader"],
      ip_allow_list: ["203.0.113.0/24"],
    },
    index_cleanup: { schedule: "cron(0 3 * * ? *)", max_deletions_per_run: 10 },
    ...{ archive_compaction: { schedule: "rate(1 hour)" }, archive_bucket_account_id: "210987654321" },
    audit: { schedule: "rate(1 hour)" },
    vpc: { subnet_ids: ["subnet-01234567"], security_group_ids: ["sg-01234567"] },
    metrics_namespace: "",
    alarms: { actions: [TOPIC.replace("central", "west")], ok_actions: [], iterator_age_minutes: 1_380 },
  },
  messages: [
    "alarms.iterator_age_minutes = 1380: allowed is less than the time for which Lambda retries a record",
    'metrics_namespace = "": allowed is any but an empty one when alarms or dashboard are given',
    'metrics_namespace = "": allowed is any but an empty one beside metrics of log_groups or streams',
    'log_groups = "/aws/lambda/logging-pipeline_1", "/aws/lambda/logging-pipeline_3": allowed is any log group but those of the forwarders',
    'log_groups = {"name":"adrift","stream":"gone","streams":["1","3"]}: allowed is a stream that streams has, or none',
    'log_groups = {"name":"adrift","previous_stream":"away","streams":["1","3"]}: allowed is a previous_stream that streams has, or none',
    'log_groups = "/beside/its/parser": allowed is parser_fields empty, unless parser is one of',
    'log_groups = "/beside/its/parser": allowed is keep_message true and event_original false where parser is none',
    'streams = "1": allowed is any stream without redact in its rules, unless archive_content says',
    'streams = {"function_timeout_seconds":10,"name":"3"}: allowed is a function_timeout_seconds with which',
    'streams = {"function_memory_mib":128,"name":"3"}: allowed is a function_memory_mib with which bulk_max_bytes is',
    'streams = {"function_memory_mib":128,"name":"3"}: allowed is a function_memory_mib with which record_max_bytes is',
    'streams = {"name":"1","retention_hours":24}: allowed is a retention_hours with which alarms.iterator_age_minutes is',
    'streams = "1": allowed is any name but that of a log group with a stream of its own',
    'log_groups = "foo": allowed is any log group without redact in its rules, unless archive_content says',
    'log_group_prefixes = {"prefix":"/app/","stream":"gone","streams":["1","3"]}: allowed is a stream that streams has',
    'account_subscription = {"stream":"gone","streams":["1","3"]}: allowed is a stream that streams has',
    'log_destination = {"stream":"gone","streams":["1","3"]}: allowed is a stream that streams has',
    'stream_consumers = {"name":"nowhere","stream":"gone"}, {"name":"of-shared","stream":"/beside/its/parser"}: allowed is a stream that',
    'stream_consumers = {"consumers":21,"stream":"1"}: allowed is up to 20 consumers of a stream',
    'search_domain_arn = "arn:aws:es:eu-central-1:123456789012:domain/search": allowed is null unless',
    'search_region = "us-east-1": allowed is null unless search_endpoint is given',
    'search_region = "us-east-1": allowed is the region in search_domain_arn, or null',
    'search_region = "us-east-1": allowed is null when search_credentials is given',
    'search_credentials.secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf": allowed is null',
    'search_credentials.kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/secret": allowed is a key in the region of',
    'target_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/logging-pipeline_1": allowed is any stream but',
    'index_cleanup.schedule = "cron(0 3 * * ? *)": allowed is null when target_stream_arn is given',
    'archive_compaction.schedule = "rate(1 hour)": allowed is null when archive_bucket_account_id is given',
    'audit.schedule = "rate(1 hour)": allowed is null when target_stream_arn is given',
    'audit.schedule = "rate(1 hour)": allowed is null when archive_bucket_account_id is given',
    "index_replicas = 1: allowed is null, 2, 5 or another number of replicas",
    "index_refresh_interval_seconds = 5: allowed is 1, which is the domain's own interval, or at least 10",
    'search_domain.saml.entity_id = "https://idp.example.com": allowed is null unless search_domain.master_user_arn',
    'search_domain.cognito.user_pool_id = "eu-central-1_A": allowed is null when search_domain.saml',
    'search_domain.reader_arns = ["arn:aws:iam::123456789012:role/reader"]: allowed is [] when search_domain.saml',
    'search_domain.ip_allow_list = ["203.0.113.0/24"]: allowed is [] when vpc is given',
    'index_cleanup.schedule = "cron(0 3 * * ? *)": allowed is a schedule beside what to keep: at least one of keep_days',
    'vpc.subnet_ids = ["subnet-01234567"]: allowed is at least one subnet for each of search_domain.availability_zones',
    "kms_key_arn = null: allowed is null with create_kms_key, and the ARN of a key without it",
    'kms_key_administrators = ["arn:aws:iam::123456789012:role/admin"]: allowed is [] unless create_kms_key',
    `kms_key_policy_statements = ${JSON.stringify([JSON.stringify(accepted)])}: allowed is [] unless create_kms_key`,
    "kms_key_deletion_window_in_days = 7: allowed is null unless create_kms_key",
    "forwarder_role_arn = null: allowed is null with create_forwarder_role, and the ARN of a role without it",
    "logs_to_kinesis_role_arn = null: allowed is null with create_logs_to_kinesis_role, and",
    ...rejectedRequests.messages,
    "record_max_bytes = 33554433: allowed is up to a sixteenth of function_memory_mib",
  ],
  messagesOfPlan: [
    'account_subscription = {"bytes":27',
    'log_destination.account_ids = "123456789012": allowed is accounts other than the pipeline\'s own, 123456789012',
    'log_destination.role_arn = "arn:aws:iam::210987654321:role/logs": allowed is a role of account 123456789012',
    'log_groups = {"EXTRACT_FIELDS":',
    'archive_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/archive": allowed is a key in eu-central-1',
    'search_domain.custom_endpoint.certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/0": allowed is a certificate of account 123456789012 in eu-central-1',
    `alarms.actions = "${TOPIC.replace("central", "west")}": allowed is topics in eu-central-1`,
  ],
};

/** The same by the names of props; nothing in the values above looks like an input's name. */
export function asProps(value: unknown): never {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value as never;
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [camelCase(name), asProps(each)])) as never;
}

/** Breaks the rules about those inputs that the pipeline has with the same limits. @param ownLimits names of those with others */
export const rejectedByPipelineAnd = (inputs: object, ...ownLimits: string[]): readonly RejectedInput[] => {
  const names = Object.keys(inputs).map(snakeCase);
  return rejectedByPipeline.filter(({ given }) =>
    Object.keys(given).every((name) => names.includes(name) && !ownLimits.includes(name)),
  );
};

/** Breaks the rules about the subnets and security groups of a function that is not a lane's. */
export const rejectedVpcs: readonly RejectedInput[] = [
  rejected(
    { vpc: { subnet_ids: ["subnet", null], security_group_ids: ["sg", null] } },
    'vpc.subnet_ids[0] = "subnet": allowed is a subnet ID',
    "vpc.subnet_ids[1] = null: allowed is a value, not null",
    'vpc.security_group_ids[0] = "sg": allowed is a security group ID',
    "vpc.security_group_ids[1] = null: allowed is a value, not null",
  ),
  rejected(
    { vpc: { subnet_ids: numbered(17, "subnet-"), security_group_ids: numbered(6, "sg-") } },
    "vpc.subnet_ids = [",
    "vpc.security_group_ids = [",
  ),
];
