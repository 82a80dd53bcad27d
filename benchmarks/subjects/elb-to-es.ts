import { createHash } from "node:crypto";
import { signed } from "./core";

/** Each field that the service documents, by a group: no field can be read into the next, so that the match never goes back. */
const LINE = new RegExp(
  [
    String.raw`^(?<timestamp>\d{4}-\d\d-\d\dT\d+:\d+:\d+\.\d+Z) (?<elb_name>[^ ]+) (?<client_ip>[^:]+):(?<client_port>[^ ]+)`,
    "(?<backend_address>[^ ]+) (?<request_processing_time>[0-9.-]+) (?<backend_processing_time>[0-9.-]+)",
    String.raw`(?<response_processing_time>[0-9.-]+) (?<elb_status_code>\d{3}) (?<backend_status_code>\d{3})`,
    String.raw`(?<received_bytes>\d+) (?<sent_bytes>\d+) "(?<request_method>[A-Z]+) (?<request_url>[^ ]+) (?<http_version>[^ ]+)"`,
    '"(?<user_agent>.+?)" (?<ssl_cipher>[^ ]+) (?<ssl_protocol>[^ ]+)',
  ].join(" "),
);

const URL_PARTS =
  /^(?<request_protocol>[^:]+):\/\/(?<request_host>[^:/]+):?(?<request_port>\d+)\/(?<request_path>[^?]+)\??(?<request_query>.*)/;

/** Of a request. */
const EVENTS = 500;

/** Whether {@link elbToEs} takes the line: one that it does not take ends it, and with it the whole object. */
export const isElbToEsLine = (line: string): boolean => LINE.test(line);

/**
 * What Keith Gregory's elb-to-es does with an object of a Classic Load Balancer, written anew: the whole object becomes lines, each
 * line by one pattern an object, its URL by another; each is serialized, and 500 are sent at a time.
 *
 * Source: "Building a Logging Pipeline on AWS" (kdgregory.com), and lambda/elb-to-es of github.com/kdgregory/aws-misc.
 *
 * @param take gets each body. @default it is signed
 * @throws Error for a line that the pattern does not match
 */
export function elbToEs(object: Buffer, key: string, take: (body: Buffer) => void = signed): void {
  const id = createHash("sha1").update(`bucket${key}`).digest("hex");
  const entries = object
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => {
      const fields = LINE.exec(line)?.groups;
      if (!fields) throw new Error(`elb-to-es does not take the line ${line}`);
      return { ...fields, ...URL_PARTS.exec(fields.request_url!)?.groups } as Record<string, string>;
    });
  for (let from = 0; from < entries.length; from += EVENTS) {
    const lines = entries.slice(from, from + EVENTS).flatMap((entry, n) => {
      const _index = `elb-${entry.timestamp!.slice(0, 10)}`;
      const action = { index: { _index, _type: "elb_access_log", _id: `${id}-${from + n}` } };
      return [JSON.stringify(action), JSON.stringify(entry)];
    });
    take(Buffer.from(`${lines.join("\n")}\n`));
  }
}
