import { cloudfrontLine } from "./cloudfront-line";
import { slottedParser } from "./field-shape";
import type { DescribedParser } from "./line-description";

/** All fields, as the console chooses them: "Fields" of real-time log configurations, in the order in which records have them. */
const ALL_NAMES = [
  ...["timestamp", "c-ip", "time-to-first-byte", "sc-status", "sc-bytes", "cs-method", "cs-protocol", "cs-host"],
  ...["cs-uri-stem", "cs-bytes", "x-edge-location", "x-edge-request-id", "x-host-header", "time-taken"],
  ...["cs-protocol-version", "c-ip-version", "cs-user-agent", "cs-referer", "cs-cookie", "cs-uri-query"],
  ...["x-edge-response-result-type", "x-forwarded-for", "ssl-protocol", "ssl-cipher", "x-edge-result-type"],
  ...["fle-encrypted-fields", "fle-status", "sc-content-type", "sc-content-len", "sc-range-start", "sc-range-end"],
  ...["c-port", "x-edge-detailed-result-type", "c-country", "cs-accept-encoding", "cs-accept"],
  ...["cache-behavior-path-pattern", "cs-headers", "cs-header-names", "cs-headers-count"],
];

/**
 * Records of CloudFront's real-time logs, whose fields are between tabs.
 *
 * @param fields of the real-time log configuration, in the order that the API returns; empty: the 40 of the console
 */
export function cloudfrontRealtimeParser(fields: readonly string[]): DescribedParser {
  const { parseLine, line } = cloudfrontLine(fields.length === 0 ? ALL_NAMES : fields, "aws.cloudfront_realtime");
  const inSlots = (message: string) => (message.includes("\t") ? parseLine(message.trimEnd().split("\t")) : undefined);
  return slottedParser(inSlots, line);
}
