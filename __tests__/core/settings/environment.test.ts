import { ENVIRONMENT, parseEnvironment, recordMaxBytes } from "../../../core/settings/environment";
import { EnvironmentError, parseVariables } from "../../../core/settings/parse-variables";
import { PARSER_NAMES } from "../../../core/settings/parser-names";
import { shownUrl } from "../../../core/settings/shown-url";

const REQUIRED = {
  SEARCH_ENDPOINT: "https://search.example",
  ARCHIVE_BUCKET: "logs-archive",
  AWS_REGION: "eu-central-1",
};

/** The error's message after one variable is set, or undefined if its value is taken. */
function errorOf(name: string, value: string): string | undefined {
  try {
    // Events go to one of the two.
    const required = name === "TARGET_STREAM_ARN" ? { ...REQUIRED, SEARCH_ENDPOINT: "" } : REQUIRED;
    parseEnvironment({ ...required, [name]: value });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError);
    return (error as Error).message;
  }
}

const SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:search-AbCdEf";
const STREAM_ARN = "arn:aws:kinesis:eu-central-1:111111111111:stream/a";

describe("parseEnvironment", () => {
  const defaults = {
    ...REQUIRED,
    SEARCH_REGION: "",
    SEARCH_SECRET_ARN: "",
    AWS_ENDPOINT_URL_SECRETS_MANAGER: "",
    TARGET_STREAM_ARN: "",
    INDEX_PREFIX: "cwl-",
    INDEX_NAME: "",
    INDEX_PERIOD: "day",
    INDEX_HISTORY: [],
    INDEX_TEMPLATE: "",
    INDEX_SHARDS: 1,
    INDEX_REPLICAS: 1,
    INDEX_REFRESH_INTERVAL_SECONDS: 1,
    INDEX_SORT: "none",
    INDEX_RETENTION_DAYS: 0,
    ARCHIVE_PREFIX: "",
    ARCHIVE_LAYOUT: "log-group",
    BULK_MAX_BYTES: 5 * 1024 * 1024,
    RECORD_MAX_BYTES: 32 * 1024 * 1024,
    BULK_REQUESTS: 2,
    REQUEST_TIMEOUT_SECONDS: 30,
    COMPRESS_REQUESTS: false,
    TIME_FIELD: "",
    PARSER: "none",
    PARSER_FIELDS: "",
    KEEP_MESSAGE: true,
    EVENT_ORIGINAL: false,
    EXTRACT_FIELDS: [],
    JOIN_LINES: "",
    RULES: [],
    ARCHIVE_CONTENT: "raw",
    METRICS: [],
    LOG_GROUPS: [],
    FAST_PATH: true,
    METRICS_NAMESPACE: "",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: 512,
    AWS_ENDPOINT_URL_S3: "",
    AWS_ENDPOINT_URL_KINESIS: "",
  };

  it("uses defaults for variables that are not set, and ignores every other variable", () => {
    expect(parseEnvironment({ ...REQUIRED, PATH: "/bin", LANG: "" })).toEqual(defaults);
  });

  it("treats an empty variable as one that is not set", () => {
    const empty = Object.fromEntries(Object.keys(ENVIRONMENT).map((name) => [name, ""]));
    expect(parseEnvironment({ ...empty, ...REQUIRED })).toEqual(defaults);
    expect(() => parseEnvironment(empty)).toThrow("SEARCH_ENDPOINT is not set.");
  });

  it("takes no search endpoint beside a target stream", () => {
    const { SEARCH_ENDPOINT: _, ...rest } = REQUIRED;
    const TARGET_STREAM_ARN = "arn:aws:kinesis:us-east-1:111111111111:stream/app-logs";
    const env = { ...rest, TARGET_STREAM_ARN };
    expect(parseEnvironment(env)).toEqual({ ...defaults, TARGET_STREAM_ARN, SEARCH_ENDPOINT: "" });
    expect(() => parseEnvironment({ ...env, SEARCH_ENDPOINT: "https://user:secret@search.example" })).toThrow(
      'SEARCH_ENDPOINT is "https://…@…". Allowed: nothing beside TARGET_STREAM_ARN.',
    );
  });

  it("reports all validation errors together, each with the given and the allowed values", () => {
    const wrong = {
      SEARCH_ENDPOINT: "search.example",
      INDEX_PREFIX: "Logs-",
      ARCHIVE_PREFIX: "no-slash",
      BULK_MAX_BYTES: "5 MB",
      RECORD_MAX_BYTES: "0",
      REQUEST_TIMEOUT_SECONDS: "301",
      AWS_REGION: "Frankfurt",
      AWS_ENDPOINT_URL_S3: "http://s3.example",
    };
    let message = "";
    try {
      parseEnvironment(wrong);
    } catch (error) {
      message = (error as Error).message;
    }
    const [first, ...validationErrors] = message.split("\n");
    expect(first).toBe("Correct the function's environment variables:");
    expect(validationErrors).toHaveLength(9);
    for (const [name, value] of Object.entries(wrong)) {
      const variable = ENVIRONMENT[name as keyof typeof wrong];
      const given = "mayHoldPassword" in variable ? shownUrl(String(value)) : JSON.stringify(value);
      expect(validationErrors).toContain(`- ${name} is ${given}. Allowed: ${variable.allowed}.`);
    }
    expect(validationErrors).toContain(`- ARCHIVE_BUCKET is not set. Allowed: ${ENVIRONMENT.ARCHIVE_BUCKET.allowed}.`);
  });

  it.each([
    ["https://admin:secret@search.example", '"https://…@…"'],
    ["https://secret/secret:secret@search.example", '"https://…@…"'],
    ["https:admin:secret@search.example", "no URL that begins with https:// or http://"],
    ["admin:secret@search.example", "no URL that begins with https:// or http://"],
    ["https://search.example?token=secret", '"https://search.example…"'],
    ["https://search.example/secret", '"https://search.example…"'],
    ["https://search.example\nsecret", '"https://search.example…"'],
    ["http://search.example:9200/", '"http://search.example:9200/"'],
  ])("says of a URL what is given, and never repeats its password or token: %j", (value, given) => {
    for (const name of ["SEARCH_ENDPOINT", "AWS_ENDPOINT_URL_S3"]) {
      const message = errorOf(name, value);
      expect(message).toContain(`${name} is ${given}. Allowed: an https:// origin without user`);
      expect(message).not.toContain("secret");
    }
  });

  it.each([
    ["https://Search.Example/", "https://search.example"],
    ["https://search.example:9200", "https://search.example:9200"],
    ["https://search.example:443", "https://search.example"],
    ["http://localhost:9200", "http://localhost:9200"],
    ["http://127.0.0.1:9200/", "http://127.0.0.1:9200"],
    ["http://[::1]:9200", "http://[::1]:9200"],
  ])("accepts %s as an endpoint", (value, origin) => {
    expect(parseEnvironment({ ...REQUIRED, SEARCH_ENDPOINT: value }).SEARCH_ENDPOINT).toBe(origin);
    expect(parseEnvironment({ ...REQUIRED, AWS_ENDPOINT_URL_S3: value }).AWS_ENDPOINT_URL_S3).toBe(origin);
  });

  it.each<[string, string[]]>([
    [
      "SEARCH_ENDPOINT",
      [
        ...["http://search.example", "http://localhost.example", "ftp://localhost", "https://", "https:search.example"],
        ...["https://user@search.example", "https://search.example/path", "https://search.example?", "https://a b"],
        ...["https://search.example#x", "https://search.example:99999", " https://search.example", "//search.example"],
        ...["https://abc.eu-central-1.aoss.amazonaws.com", "https://abc.aoss.us-east-1.on.aws"],
      ],
    ],
    ["SEARCH_REGION", ["eu", "eu-central-1a", " "]],
    [
      "SEARCH_SECRET_ARN",
      ["search", SECRET_ARN.replace("secretsmanager", "ssm"), `${SECRET_ARN} `, SECRET_ARN.replace("search", "s{e}")],
    ],
    ["INDEX_PREFIX", ["_logs", "-logs", ".logs", "logs*", "a,b", "a/b", "a:b", "a#b", "ä", "a".repeat(101), "a\n"]],
    ["ARCHIVE_BUCKET", ["ab", "a".repeat(64), "Bucket", "bucket-", ".bucket", "a/b", "a_b"]],
    ["ARCHIVE_PREFIX", ["a", "/", "/a/", "a//", "../", "./", "a b/", "ä/", `${"a".repeat(256)}/`]],
    ["BULK_MAX_BYTES", ["65535", "104857601", "1e6", "0x10000", "-1", "65536.5", " 65536"]],
    ["RECORD_MAX_BYTES", ["1048575", "268435457"]],
    ["BULK_REQUESTS", ["0", "17", "1.5"]],
    ["REQUEST_TIMEOUT_SECONDS", ["0", "301", "1.5"]],
    ["COMPRESS_REQUESTS", ["true", "gzip"]],
    ["PARSER", ["alb", "AUTO", "auto ", "constructor"]],
    ["PARSER_FIELDS", [" ", " a", "a ", "a  b", "a\tb", "ä", "a".repeat(2001)]],
    ["KEEP_MESSAGE", ["true", "0"]],
    ["EVENT_ORIGINAL", ["true", "0"]],
    ["JOIN_LINES", ["a".repeat(501)]],
    ["FAST_PATH", ["On", "true", "0", "constructor"]],
    ["ARCHIVE_CONTENT", ["none", "Raw"]],
    ["TIME_FIELD", ["a b", "a\n", '"a"', "a".repeat(257)]],
    ["METRICS_NAMESPACE", ["AWS/Lambda", "a b", "ä", "a".repeat(256)]],
    ["AWS_REGION", ["eu", "eu-central", "EU-CENTRAL-1"]],
    [
      "TARGET_STREAM_ARN",
      [
        ...[
          "app-logs",
          "arn:aws:kinesis:eu-central-1:111111111111:stream/",
          `${STREAM_ARN}/consumer/a:1`,
          `${STREAM_ARN} `,
        ],
        "arn:aws:firehose:eu-central-1:111111111111:deliverystream/a",
        `${STREAM_ARN}${"a".repeat(128)}`,
      ],
    ],
    ["AWS_ENDPOINT_URL_KINESIS", ["kinesis", "http://kinesis.example"]],
  ])("rejects invalid values of %s", (name, values) => {
    expect(values.filter((value) => !errorOf(name, value)?.includes(`- ${name} is `))).toEqual([]);
  });

  it.each<[string, string[]]>([
    ["SEARCH_REGION", ["us-gov-west-1"]],
    ["SEARCH_SECRET_ARN", [SECRET_ARN, SECRET_ARN.replace("search", "a/b_+=.@-")]],
    ["INDEX_PREFIX", ["a", "0", "a".repeat(100), "logs.prod_eu-"]],
    ["ARCHIVE_BUCKET", ["abc", "a".repeat(63), "logs.example.com"]],
    ["ARCHIVE_PREFIX", ["a/", "team=a/b.c/", `${"a".repeat(255)}/`]],
    ["BULK_MAX_BYTES", ["65536", "104857600"]],
    ["RECORD_MAX_BYTES", ["1048576", "268435456"]],
    ["BULK_REQUESTS", ["1", "16"]],
    ["REQUEST_TIMEOUT_SECONDS", ["1", "300"]],
    ["COMPRESS_REQUESTS", ["on", "off"]],
    ["PARSER", ["none", "auto", ...PARSER_NAMES]],
    ["PARSER_FIELDS", ["version", "cs(User-Agent) c-ip timestamp(ms)", "a".repeat(2000)]],
    ["KEEP_MESSAGE", ["on", "off"]],
    ["EVENT_ORIGINAL", ["on", "off"]],
    ["EXTRACT_FIELDS", ["{}", '{"a":{"from":"message","pattern":"b"}}']],
    ["JOIN_LINES", ["^\\S", "a".repeat(500)]],
    ["FAST_PATH", ["on", "off"]],
    ["ARCHIVE_CONTENT", ["raw", "redacted"]],
    ["TIME_FIELD", ["@timestamp", "event.created", "ä", "a".repeat(256)]],
    ["METRICS_NAMESPACE", ["logging-pipeline", "AWS", "a/b:c#d_e.f", "a".repeat(255)]],
    ["AWS_REGION", ["us-gov-west-1", "cn-north-1", "ap-southeast-5"]],
    ["TARGET_STREAM_ARN", [STREAM_ARN, "arn:aws-us-gov:kinesis:us-gov-west-1:111111111111:stream/a.b_c-D"]],
  ])("accepts the limits of %s", (name, values) => {
    expect(values.filter((value) => errorOf(name, value))).toEqual([]);
  });
});

describe("parseVariables", () => {
  const { SEARCH_ENDPOINT, BULK_REQUESTS } = ENVIRONMENT;

  it("reads the variables of a function, and requires no others", () => {
    const env = { SEARCH_ENDPOINT: "https://search.example", RECORD_MAX_BYTES: "none" };
    expect(parseVariables({ SEARCH_ENDPOINT, BULK_REQUESTS }, env)).toEqual({
      SEARCH_ENDPOINT: "https://search.example",
      BULK_REQUESTS: 2,
    });
  });
});

describe("recordMaxBytes", () => {
  const MIB = 1024 * 1024;

  it.each([
    ["512", "", 32],
    ["256", "", 16],
    ["128", "", 8],
    ["10240", "", 32],
    ["1024", String(256 * MIB), 64],
    ["512", String(4 * MIB), 4],
  ])(
    "is a sixteenth of a memory of %s MiB, but no more than RECORD_MAX_BYTES, %j: %i MiB",
    (memory, given, expected) => {
      const env = { ...REQUIRED, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory, RECORD_MAX_BYTES: given };
      expect(recordMaxBytes(parseEnvironment(env))).toBe(expected * MIB);
    },
  );
});
