import type { FieldPlace, FieldWriter } from "./field-put";
import type { LineField } from "./field-table";
import { asDecimal, asInteger, asIp, asText, decoder, type FieldReader } from "./field-values";
import { asDecoded, asHttpOutcome, percentDecoded, TLS_VERSION_PLACES } from "./http-values";
import { asNanoseconds } from "./nanoseconds";
import type { SlotValues } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { type ReadWord, withStep } from "./span-step";

const OWN = "aws.cloudfront";

const own = (name: string, read: FieldReader = asText): FieldPlace => [`${OWN}.${name}`, read];

/** Older files have user agents and referrers that are encoded twice: a space is `%2520`. */
const twiceDecoded = decoder((text) => {
  const once = percentDecoded(text);
  return once.includes("%20") && !once.includes(" ") ? percentDecoded(once) : once;
});
// The encoder leaves texts with an encoded percent sign to the parser.
const asTwiceDecoded = withStep(twiceDecoded, { op: SpanOp.decoded });

const httpVersion = (text: string) => /^HTTP\/(\d(?:\.\d)?)$/.exec(text)?.[1];
const asHttpVersion = withStep(httpVersion, {
  op: SpanOp.words,
  words: ["HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/3.0"].map((word): ReadWord => [word, httpVersion(word)]),
  hasOtherWords: true,
});
const asLowerCase = withStep((text: string) => text.toLowerCase(), { op: SpanOp.lowerCase });

/** More addresses are nobody's proxies. */
const MAX_ADDRESSES = 100;

/** A client may write anything there: the whole text is kept if it is more than addresses. */
const forwardedFor: FieldWriter = (slotOf) => {
  const [ip, whole] = [slotOf("network.forwarded_ip"), slotOf(`${OWN}.x_forwarded_for`)];
  const put = (values: SlotValues, text: string) => {
    const entries = percentDecoded(text).split(",", MAX_ADDRESSES + 1);
    const addresses = entries.flatMap((entry) => asIp(entry.trim()) ?? []);
    if (addresses.length > 0) values[ip] = addresses;
    if (addresses.length < entries.length) values[whole] = text;
    return true;
  };
  return withStep(put, { op: SpanOp.addressList, slots: [ip] });
};

/** Real-time logs have the query here, too. */
const stem: FieldWriter = (slotOf) => {
  const [path, query] = [slotOf("url.path"), slotOf("url.query")];
  const put = (values: SlotValues, text: string) => {
    const mark = text.indexOf("?");
    values[path] = asText(mark < 0 ? text : text.slice(0, mark));
    if (mark >= 0) values[query] = asText(text.slice(mark + 1)) ?? values[query];
    return true;
  };
  return withStep(put, { op: SpanOp.stem, slots: [path, query] });
};

const DECODED_ONCE = ["cs-accept", "cs-accept-encoding", "cs-headers", "cs-header-names"];
const TEXTS = ["cache-behavior-path-pattern", "distribution-tenant-id", "connection-id", "fle-status", "r-host"];
const CMCD_NUMBERS = [
  ...["encoded-bitrate", "buffer-length", "object-duration", "deadline", "measured-throughput", "top-bitrate"],
  ...["requested-maximum-throughput", "version"],
];
const CMCD_TEXTS = [
  ...["buffer-starvation", "content-id", "next-object-request", "next-range-request", "object-type"],
  ...["streaming-format", "session-id", "stream-type", "startup"],
];
const ownOf =
  (read: FieldReader) =>
  (name: string): LineField => [name, own(name.replaceAll("-", "_"), read)];

/**
 * All fields of standard and real-time logs: "Log file fields" and "Fields" of real-time log configurations in the Amazon CloudFront
 * Developer Guide. Paths and queries stay as they are logged: once decoded, an encoded `/` or `&` of the client's is none any more.
 */
export const CLOUDFRONT_FIELDS: readonly LineField[] = [
  // The time: cloudfront-line.ts
  ...["date", "time", "timestamp", "timestamp(ms)"].map((name): LineField => [name]),
  ["x-edge-location", own("edge_location")],
  ["sc-bytes", ["http.response.bytes", asInteger]],
  ["c-ip", ["source.address", asText], ["source.ip", asIp]],
  ["c-port", ["source.port", asInteger]],
  ["c-ip-version", ["network.type", asLowerCase]],
  ["c-country", ["source.geo.country_iso_code", asText]],
  ["asn", ["source.as.number", asInteger]],
  ["s-ip", ["destination.ip", asIp]],
  ["cs-method", ["http.request.method", asText]],
  ["cs-uri-stem", stem],
  ["cs-uri-query", ["url.query", asText]],
  ["sc-status", ["http.response.status_code", asInteger], ["event.outcome", asHttpOutcome]],
  ...["cs(Host)", "cs-host"].map((name): LineField => [name, own("domain")]),
  ...["cs(Referer)", "cs-referer"].map((name): LineField => [name, ["http.request.referrer", asTwiceDecoded]]),
  ...["cs(User-Agent)", "cs-user-agent"].map((name): LineField => [name, ["user_agent.original", asTwiceDecoded]]),
  ...["cs(Cookie)", "cs-cookie"].map((name): LineField => [name, own("cookies")]),
  ["x-edge-result-type", own("edge_result_type")],
  ["x-edge-response-result-type", own("edge_response_result_type")],
  ["x-edge-detailed-result-type", own("edge_detailed_result_type")],
  ["x-edge-request-id", ["http.request.id", asText], ["event.id", asText]],
  ["x-edge-mqcs", own("edge_mqcs")],
  [
    "x-host-header",
    ...["destination.address", "destination.domain", "url.domain"].map((to): FieldPlace => [to, asText]),
  ],
  ["cs-protocol", ["network.protocol", asText]],
  ["cs-protocol-version", ["http.version", asHttpVersion]],
  ["cs-bytes", ["http.request.bytes", asInteger]],
  ["time-taken", ["event.duration", asNanoseconds("s")]],
  ["x-forwarded-for", forwardedFor],
  ["ssl-protocol", ...TLS_VERSION_PLACES],
  ["ssl-cipher", ["tls.cipher", asText]],
  ["fle-encrypted-fields", own("fle_encrypted_fields", asInteger)],
  ["time-to-first-byte", own("time_to_first_byte", asDecimal)],
  ["sc-content-type", ["http.response.mime_type", asDecoded]],
  ["sc-content-len", ["http.response.body.bytes", asInteger]],
  ["sc-range-start", own("range_start", asInteger)],
  ["sc-range-end", own("range_end", asInteger)],
  ["sr-reason", own("sr_reason")],
  ["cs-headers-count", own("cs_headers_count", asInteger)],
  ...["origin-fbl", "origin-lbl"].map(ownOf(asDecimal)),
  ...["viewer-request-log-data", "viewer-response-log-data", ...DECODED_ONCE].map(ownOf(asDecoded)),
  ...["primary-distribution-id", "primary-distribution-dns-name", ...TEXTS].map(ownOf(asText)),
  ...CMCD_NUMBERS.map((name) => ownOf(asInteger)(`cmcd-${name}`)),
  ...CMCD_TEXTS.map((name) => ownOf(asText)(`cmcd-${name}`)),
  ["cmcd-playback-rate", own("cmcd_playback_rate", asDecimal)],
];
