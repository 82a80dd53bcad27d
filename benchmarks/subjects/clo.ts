import { signed } from "./core";

const FIELDS = [
  ...["timestamp", "elb", "client_ip", "client_port", "target_ip", "target_port", "request_processing_time"],
  ...["target_processing_time", "response_processing_time", "elb_status_code", "target_status_code", "received_bytes"],
  ...["sent_bytes", "request_verb", "request_url", "request_proto", "user_agent", "ssl_cipher", "ssl_protocol"],
] as const;

/** The fields by their positions, as in the pattern for Application Load Balancers, without what those alone have. */
const LINE = new RegExp(
  [
    "^([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*)",
    '(|[-0-9]*) (-|[-0-9]*) ([-0-9]*) ([-0-9]*) "([^ ]*) ([^ ]*) (- |[^ ]*)" "([^"]*)" ([A-Z0-9-]+) ([A-Za-z0-9.-]*)',
  ].join(" "),
);

/** Of a request. */
const EVENTS = 10_000;
const BYTES = 95 * 1024 * 1024;

const ACTION = { index: {} };

/** The bytes that two lines of `_bulk` will have. */
const sizeOf = (document: object): number =>
  Buffer.byteLength(JSON.stringify(ACTION)) + Buffer.byteLength(JSON.stringify(document)) + 2;

/**
 * What the log processor of AWS's Centralized Logging with OpenSearch does with an object of a load balancer, written anew: each
 * line by one pattern an object of texts, which is serialized once for its size, and once for the request, without an id; up to
 * 10,000 of them, or 95 MiB, in one.
 *
 * Its own pattern is for Application Load Balancers: of a Classic one's lines it would make empty documents.
 *
 * Source: constructs/lambda/pipeline/log-processor of github.com/aws-solutions/centralized-logging-with-opensearch, version 2.4.7:
 * `ELBWithS3` of log_parser.py, `process_s3_log_file` of event_parser.py, `calculate_record_size` and `_create_bulk_records` of
 * idx_svc.py.
 *
 * @param take gets each body. @default it is signed
 */
export function clo(object: Buffer, take: (body: Buffer) => void = signed): void {
  let batch: object[] = [];
  let size = 0;
  for (const line of object.toString().trimEnd().split("\n")) {
    const values = LINE.exec(line);
    const document: Record<string, string> = {};
    if (values) for (const [n, field] of FIELDS.entries()) document[field] = values[n + 1]!;
    const bytes = sizeOf(document);
    if (batch.length > 0 && (size + bytes > BYTES || batch.length === EVENTS)) {
      take(bodyOf(batch));
      batch = [];
      size = 0;
    }
    batch.push(document);
    size += bytes;
  }
  if (batch.length > 0) take(bodyOf(batch));
}

const bodyOf = (batch: readonly object[]): Buffer =>
  Buffer.from(batch.map((document) => `${JSON.stringify(ACTION)}\n${JSON.stringify(document)}\n`).join(""));
