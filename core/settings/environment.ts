import { PipelineError } from "../errors";

const MIB = 1024 * 1024;

/** One environment variable of the forwarder; the table in docs/forwarder.md is written from these. */
export interface Variable<T> {
  description: string;
  /** What is accepted, as it stands in the error and in the docs. */
  allowed: string;
  /** Taken when the variable is not set or empty; without it the variable is required. */
  default?: string;
  /** Errors are logged: they do not repeat the value then. */
  mayHoldPassword?: true;
  /** Returns undefined for a value that is not allowed. */
  parse(value: string): T | undefined;
}

const matching =
  (pattern: RegExp) =>
  (value: string): string | undefined =>
    pattern.test(value) ? value : undefined;

const integer =
  (minimum: number, maximum: number) =>
  (value: string): number | undefined => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    return number >= minimum && number <= maximum ? number : undefined;
  };

const onOff = (value: string): boolean | undefined => (value === "on" || value === "off" ? value === "on" : undefined);

const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

/** Scheme, host and port; `URL` alone would take much more. */
const ORIGIN_FORM = /^https?:\/\/[^/?#@\\\s]+\/?$/i;

/** An origin without a path; plain http only for this machine, where the laptop's emulators listen. */
function origin(value: string): string | undefined {
  const url = ORIGIN_FORM.test(value) && URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === "https:" || (url && THIS_MACHINE.includes(url.hostname)) ? url.origin : undefined;
}

const ORIGIN = "an https:// origin without user, path or query (http:// only for localhost)";

export const ENVIRONMENT = {
  SEARCH_ENDPOINT: {
    description: "The OpenSearch or Elasticsearch endpoint that events are sent to.",
    allowed: ORIGIN,
    mayHoldPassword: true,
    parse: origin,
  } satisfies Variable<string>,
  INDEX_PREFIX: {
    description: "Begins the name of every index: `<prefix><log group>-YYYY.MM.DD`.",
    allowed: "1 to 100 of a-z 0-9 . _ -, the first a letter or digit",
    default: "cwl-",
    parse: matching(/^[a-z0-9][a-z0-9._-]{0,99}$/),
  } satisfies Variable<string>,
  ARCHIVE_BUCKET: {
    description: "The S3 bucket of the archive.",
    allowed: "a bucket name: 3 to 63 of a-z 0-9 . -, the first and last a letter or digit",
    parse: matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  } satisfies Variable<string>,
  ARCHIVE_PREFIX: {
    description: "Begins the key of every object in the archive.",
    allowed: 'nothing, or up to 256 of A-Z a-z 0-9 . _ = - in segments that each end with "/"',
    default: "",
    parse: matching(/^(?=.{0,256}$)([A-Za-z0-9_=-][A-Za-z0-9._=-]*\/)*$/),
  } satisfies Variable<string>,
  BULK_MAX_BYTES: {
    description: "The size that one `_bulk` request is filled up to, in bytes, unless a single event is larger.",
    allowed: `${64 * 1024} to ${100 * MIB}`,
    default: String(5 * MIB),
    parse: integer(64 * 1024, 100 * MIB),
  } satisfies Variable<number>,
  RECORD_MAX_BYTES: {
    description: "The size that one record may inflate to, in bytes; a larger one is dead-lettered.",
    allowed: `${MIB} to ${256 * MIB}`,
    default: String(32 * MIB),
    parse: integer(MIB, 256 * MIB),
  } satisfies Variable<number>,
  BULK_REQUESTS: {
    description: "How many `_bulk` requests are under way at the same time; memory holds so many of `BULK_MAX_BYTES`.",
    allowed: "1 to 16",
    default: "2",
    parse: integer(1, 16),
  } satisfies Variable<number>,
  REQUEST_TIMEOUT_SECONDS: {
    description: "How long one request to the search endpoint or to S3 may take, in seconds.",
    allowed: "1 to 300",
    default: "30",
    parse: integer(1, 300),
  } satisfies Variable<number>,
  TIME_FIELD: {
    description: "The field that holds an event's time, in JSON that applications wrote to the stream themselves.",
    allowed: "nothing, or a field's name of up to 256 characters; dots lead into objects",
    default: "",
    parse: matching(/^[^\s"]{0,256}$/),
  } satisfies Variable<string>,
  FAST_PATH: {
    description:
      "Whether the WASM encoder writes documents; `off`: the plain path writes all of them, the same but more slowly.",
    allowed: "on or off",
    default: "on",
    parse: onOff,
  } satisfies Variable<boolean>,
  METRICS_NAMESPACE: {
    description: "The CloudWatch namespace of the metrics that the function's log gives; empty: none are made.",
    allowed: 'nothing, or up to 255 of A-Z a-z 0-9 . _ # / : - that do not begin with "AWS/"',
    default: "",
    parse: matching(/^(?!AWS\/)[A-Za-z0-9._#/:-]{0,255}$/),
  } satisfies Variable<string>,
  AWS_REGION: {
    description: "The region that requests are signed for. Set by Lambda.",
    allowed: "a region's name, e.g. eu-central-1",
    parse: matching(/^[a-z]{2,5}(-[a-z]+)+-\d+$/),
  } satisfies Variable<string>,
  AWS_ENDPOINT_URL_S3: {
    description: "Another endpoint for S3 (the AWS SDKs' own variable); buckets are then addressed by path.",
    allowed: ORIGIN,
    mayHoldPassword: true,
    default: "",
    parse: (value) => (value === "" ? "" : origin(value)),
  } satisfies Variable<string>,
};

export type Environment = {
  [K in keyof typeof ENVIRONMENT]: NonNullable<ReturnType<(typeof ENVIRONMENT)[K]["parse"]>>;
};

/** Thrown at the function's start. Its message lists every variable that is missing or wrong. */
export class EnvironmentError extends PipelineError {
  override readonly name = "EnvironmentError";
}

/** The validation error for a value that `variable`, or the option `name` with its rules, does not allow. */
export function validationError(name: string, given: string, { mayHoldPassword, allowed }: Variable<unknown>): string {
  return `${name} is ${mayHoldPassword ? "of another form" : JSON.stringify(given)}. Allowed: ${allowed}.`;
}

/**
 * Parses the function's environment.
 *
 * @throws EnvironmentError naming every variable that is missing or wrong, what was given and what is allowed
 */
export function parseEnvironment(env: Record<string, string | undefined>): Environment {
  const errors: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable<unknown>>(ENVIRONMENT)) {
    const given = env[name] || variable.default;
    if (given === undefined) {
      errors.push(`${name} is not set. Allowed: ${variable.allowed}.`);
      continue;
    }
    values[name] = variable.parse(given);
    if (values[name] === undefined) {
      errors.push(validationError(name, given, variable));
    }
  }
  if (errors.length > 0) {
    throw new EnvironmentError(
      "INVALID_ENVIRONMENT",
      `Correct the function's environment variables:\n- ${errors.join("\n- ")}`,
    );
  }
  return values as Environment;
}
