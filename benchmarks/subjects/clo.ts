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

const ACTION = { index: {} };

/**
 * What the log processor of AWS's Centralized Logging with OpenSearch does with an object of a load balancer, written anew: each
 * line by one pattern an object of texts, serialized, without an id, up to 10,000 of them in a request.
 *
 * Its own pattern is for Application Load Balancers: of a Classic one's lines it would make empty documents.
 *
 * Source: "ELB" in its implementation guide, and constructs/lambda/pipeline/log-processor of
 * github.com/aws-solutions/centralized-logging-with-opensearch.
 *
 * @param take gets each body. @default it is signed
 */
export function clo(object: Buffer, take: (body: Buffer) => void = signed): void {
  let lines: string[] = [];
  for (const line of object.toString().trimEnd().split("\n")) {
    const values = LINE.exec(line);
    const document: Record<string, string> = {};
    if (values) for (const [n, field] of FIELDS.entries()) document[field] = values[n + 1]!;
    lines.push(`${JSON.stringify(ACTION)}\n`, `${JSON.stringify(document)}\n`);
    if (lines.length < 2 * EVENTS) continue;
    take(Buffer.from(lines.join("")));
    lines = [];
  }
  if (lines.length > 0) take(Buffer.from(lines.join("")));
}
