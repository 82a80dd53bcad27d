import { parseAccessLogsEnvironment } from "../../../core/settings/access-logs";
import { PARSER_NAMES } from "../../../core/settings/parser-names";

const SOURCE = { name: "alb", bucket: "my-logs" };
const REQUIRED = {
  SEARCH_ENDPOINT: "https://search.example",
  ACCESS_LOG_SOURCES: JSON.stringify([SOURCE]),
  QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/111111111111/access-logs",
  QUARANTINE_BUCKET: "my-archive",
  AWS_REGION: "eu-central-1",
};

const errorsOf = (env: Record<string, string>): string => {
  try {
    parseAccessLogsEnvironment({ ...REQUIRED, ...env });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};
const sourcesOf = (...sources: unknown[]) => ({ ACCESS_LOG_SOURCES: JSON.stringify(sources) });

describe("parseAccessLogsEnvironment", () => {
  it("reads a source, and defaults", () => {
    expect(parseAccessLogsEnvironment(REQUIRED)).toEqual({
      ...REQUIRED,
      SEARCH_REGION: "",
      SEARCH_SECRET_ARN: "",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: "",
      ACCESS_LOG_SOURCES: [{ ...SOURCE, prefix: "", format: "auto", index: "", parserFields: "" }],
      QUARANTINE_PREFIX: "",
      INDEX_PREFIX: "cwl-",
      INDEX_PERIOD: "day",
      INDEX_HISTORY: [],
      INDEX_TEMPLATE: "",
      INDEX_SHARDS: 1,
      INDEX_REPLICAS: 1,
      INDEX_REFRESH_INTERVAL_SECONDS: 1,
      INDEX_SORT: "none",
      INDEX_RETENTION_DAYS: 0,
      BULK_MAX_BYTES: 5_242_880,
      BULK_REQUESTS: 2,
      REQUEST_TIMEOUT_SECONDS: 30,
      COMPRESS_REQUESTS: false,
      KEEP_MESSAGE: true,
      EVENT_ORIGINAL: false,
      EXTRACT_FIELDS: [],
      RULES: [],
      METRICS_NAMESPACE: "",
      AWS_ENDPOINT_URL_S3: "",
      AWS_ENDPOINT_URL_SQS: "",
    });
  });

  it("reads each member of a source", () => {
    const source = {
      ...{ name: "flow_logs-2", bucket: "logs.example", prefix: "AWSLogs/ü +/", format: "vpc_flow" },
      ...{ index: "flows", parserFields: "version srcaddr" },
    };
    expect(parseAccessLogsEnvironment({ ...REQUIRED, ...sourcesOf(source) }).ACCESS_LOG_SOURCES).toEqual([source]);
  });

  it.each(["none", "auto", ...PARSER_NAMES])("takes the format %s", (format) => {
    expect(errorsOf(sourcesOf({ ...SOURCE, format }))).toBe("");
  });

  it("lists all that is wrong with all sources together", () => {
    const lines = errorsOf(
      sourcesOf(
        { name: "", bucket: "A", prefix: 1, format: "apache", index: "_x", parserFields: "a  b", region: "x" },
        { bucket: "b" },
        7,
      ),
    );
    expect(
      lines
        .split("\n- ")
        .slice(1)
        .map((line) => line.split(" Allowed:")[0]),
    ).toEqual([
      "ACCESS_LOG_SOURCES[2] is 7, no JSON object.",
      'ACCESS_LOG_SOURCES[0] has "region".',
      'ACCESS_LOG_SOURCES[0].name is "".',
      'ACCESS_LOG_SOURCES[0].bucket is "A".',
      "ACCESS_LOG_SOURCES[0].prefix is 1, no text.",
      'ACCESS_LOG_SOURCES[0].format is "apache".',
      'ACCESS_LOG_SOURCES[0].index is "_x".',
      'ACCESS_LOG_SOURCES[0].parserFields is "a  b".',
      "ACCESS_LOG_SOURCES[1].name is missing.",
      'ACCESS_LOG_SOURCES[1].bucket is "b".',
    ]);
  });

  it.each([
    ["no JSON", "alb", /ACCESS_LOG_SOURCES is "alb", no JSON list/],
    ["an object", "{}", /ACCESS_LOG_SOURCES is {}, no JSON list/],
    ["no source", "[]", /has 0 sources/],
    [
      "101 sources",
      JSON.stringify(Array.from({ length: 101 }, (_, i) => ({ name: `s${i}`, bucket: `bucket-${i}` }))),
      /has 101 sources/,
    ],
    [
      "a name twice",
      JSON.stringify([SOURCE, { ...SOURCE, prefix: "a" }]),
      /\[1\] has the name "alb" of another source/,
    ],
    ["a prefix twice", JSON.stringify([SOURCE, { ...SOURCE, name: "b" }]), /\[1\] has bucket and prefix of "alb"/],
    ["a prefix that is longer than a key", JSON.stringify([{ ...SOURCE, prefix: "ü".repeat(513) }]), /\[0\]\.prefix/],
  ])("refuses %s", (_, json, error) => {
    expect(errorsOf({ ACCESS_LOG_SOURCES: json })).toMatch(error);
  });

  it("takes one bucket twice with two prefixes, and 100 sources", () => {
    expect(errorsOf(sourcesOf(SOURCE, { name: "b", bucket: SOURCE.bucket, prefix: "b/" }))).toBe("");
    expect(
      errorsOf(sourcesOf(...Array.from({ length: 100 }, (_, i) => ({ name: `s${i}`, bucket: `bucket-${i}` })))),
    ).toBe("");
  });

  it.each([
    ["https://sqs.cn-north-1.amazonaws.com.cn/111111111111/a_B-9"],
    ["http://localhost:5000/123456789012/access-logs"],
    ["https://vpce-1.sqs.eu-central-1.vpce.amazonaws.com/111111111111/q"],
  ])("takes the queue %s", (url) => {
    expect(parseAccessLogsEnvironment({ ...REQUIRED, QUEUE_URL: url }).QUEUE_URL).toBe(url);
  });

  it.each([
    ["a FIFO queue", "https://sqs.eu-central-1.amazonaws.com/111111111111/q.fifo"],
    ["plain HTTP", "http://sqs.eu-central-1.amazonaws.com/111111111111/q"],
    ["an ARN", "arn:aws:sqs:eu-central-1:111111111111:q"],
    ["a query", "https://sqs.eu-central-1.amazonaws.com/111111111111/q?x=1"],
    ["a user", "https://user:secret@sqs.eu-central-1.amazonaws.com/111111111111/q"],
    ["two slashes", "https://sqs.eu-central-1.amazonaws.com//111111111111/q"],
  ])("refuses %s as a queue, and does not repeat what may be a secret", (_, url) => {
    expect(errorsOf({ QUEUE_URL: url })).toMatch(/QUEUE_URL is (no URL|"https?:\/\/)/);
    expect(errorsOf({ QUEUE_URL: url })).not.toContain("secret");
  });
});
