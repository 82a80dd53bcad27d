import { gunzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { BULK_MAX_BYTES, SETTINGS, signed } from "./core";

interface NaiveEnvelope {
  owner: string;
  logGroup: string;
  logStream: string;
  logEvents: { id: string; timestamp: number; message: string }[];
}

/** Does what most forwarders do: parses everything, builds objects, and serializes them. The same fields, packed and signed alike. */
export function naive(event: KinesisStreamEvent): void {
  let body = "";
  for (const { kinesis, awsRegion } of event.Records) {
    const inflated = gunzipSync(Buffer.from(kinesis.data, "base64"));
    const { owner, logGroup, logStream, logEvents }: NaiveEnvelope = JSON.parse(inflated.toString());
    for (const { id, timestamp, message } of logEvents) {
      const time = new Date(timestamp).toISOString();
      const _index = `${SETTINGS.indexLayouts.current.prefix}${logGroup.slice(1).replaceAll("/", "-")}-${time.slice(0, 10).replaceAll("-", ".")}`;
      const document = {
        "@timestamp": time,
        cloud: { account: { id: owner }, region: awsRegion },
        aws: { cloudwatch: { log_group: logGroup, log_stream: logStream } },
        ...fieldsOf(message),
      };
      body += `${JSON.stringify({ create: { _index, _id: id } })}\n${JSON.stringify(document)}\n`;
      if (body.length > BULK_MAX_BYTES) {
        signed(Buffer.from(body));
        body = "";
      }
    }
  }
  if (body !== "") signed(Buffer.from(body));
}

function fieldsOf(message: string): object {
  try {
    const parsed: unknown = JSON.parse(message);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch {
    // A text.
  }
  return { message };
}
