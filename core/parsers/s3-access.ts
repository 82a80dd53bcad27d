import { exactObject } from "./exact-json";
import { slottedParser } from "./field-shape";
import { FieldTable, type LineField } from "./field-table";
import { asInteger, asIp, asText, isAbsent } from "./field-values";
import { TLS_VERSION_PLACES } from "./http-values";
import type { LineDescription, LineForm } from "./line-description";
import { asClfTime, asIsoTime, readClfTime } from "./line-times";
import { asNanoseconds } from "./nanoseconds";
import { requestLine } from "./request-line";
import { splitS3Line } from "./s3-line";
import { SpanOp } from "./span-ops";
import { type ReadWord, timeStep } from "./span-step";
import { readUtcTime } from "./utc-times";

/** "Amazon S3 server access log format" in its user guide, in the order of a line, by the names of Elastic's integration. */
const S3_ACCESS_FIELDS: readonly LineField[] = [
  ["bucket_owner", ["aws.s3access.bucket_owner", asText]],
  ["bucket", ["aws.s3access.bucket", asText]],
  ["time", ["event.start", asClfTime]],
  ["remote_ip", ["aws.s3access.remote_ip", asIp], ["source.address", asText], ["source.ip", asIp]],
  ["requester", ["aws.s3access.requester", asText], ["client.user.id", asText]],
  ["request_id", ["aws.s3access.request_id", asText], ["event.id", asText]],
  ["operation", ["aws.s3access.operation", asText], ["event.action", asText]],
  ["key", ["aws.s3access.key", asText]],
  ["request_uri", ["aws.s3access.request_uri", asText], requestLine],
  ["http_status", ["aws.s3access.http_status", asInteger], ["http.response.status_code", asInteger]],
  ["error_code", ["aws.s3access.error_code", asText], ["event.code", asText]],
  ["bytes_sent", ["aws.s3access.bytes_sent", asInteger], ["http.response.body.bytes", asInteger]],
  ["object_size", ["aws.s3access.object_size", asInteger]],
  ["total_time", ["aws.s3access.total_time", asInteger], ["event.duration", asNanoseconds("ms")]],
  ["turn_around_time", ["aws.s3access.turn_around_time", asInteger]],
  ["referrer", ["aws.s3access.referrer", asText], ["http.request.referrer", asText]],
  ["user_agent", ["aws.s3access.user_agent", asText], ["user_agent.original", asText]],
  ["version_id", ["aws.s3access.version_id", asText]],
  ["host_id", ["aws.s3access.host_id", asText]],
  ["signature_version", ["aws.s3access.signature_version", asText]],
  ["cipher_suite", ["aws.s3access.cipher_suite", asText], ["tls.cipher", asText]],
  ["authentication_type", ["aws.s3access.authentication_type", asText]],
  ["host_header", ["aws.s3access.host_header", asText]],
  ["tls_version", ["aws.s3access.tls_version", asText], ...TLS_VERSION_PLACES],
  ["access_point_arn", ["aws.s3access.access_point_arn", asText]],
  ["aclrequired", ["aws.s3access.aclrequired", asText]],
  ["source_region", ["aws.s3access.source_region", asText]],
];

/** "Log format in CloudWatch Logs" in the same guide: names that it has for the same. */
const VENDED_NAMES: Readonly<Record<string, string>> = {
  bucket_owner: "bucket_owner_id",
  bucket: "bucket_name",
  time: "request_time",
  key: "key_name",
  bytes_sent: "bytes_sent_size",
  total_time: "total_duration",
  turn_around_time: "turn_around_duration",
  referrer: "referer",
  aclrequired: "acl_required",
};

const OPTIONS = { dataset: "aws.s3_access", additionalFields: "aws.s3access.additional_fields" };
const lineTable = new FieldTable(OPTIONS, S3_ACCESS_FIELDS);
export const S3_VENDED = new FieldTable(OPTIONS, [
  ["schema_version_id", ["aws.s3access.schema_version_id", asText]],
  ["bucket_arn", ["aws.s3access.bucket_arn", asText]],
  ...S3_ACCESS_FIELDS.map(([name, ...places]): LineField => {
    const vendedName = VENDED_NAMES[name] ?? name;
    return name === "time" ? [vendedName, ["event.start", asIsoTime]] : [vendedName, ...places];
  }),
]);

/** A table, the places of fields in it that others follow from, and the slot of one of those. */
const form = (table: FieldTable, time: string) => ({
  table,
  time: table.names.indexOf(time),
  errorCode: table.names.indexOf("error_code"),
  outcome: table.slotOf("event.outcome"),
});
const LINE = form(lineTable, "time");
const VENDED = form(S3_VENDED, "request_time");

const OPERATION = /^[A-Z\d]+\.[\w.]+$/;
const REQUEST = /^(?:.* HTTP\/\d(?:\.\d)?|-)$/;
const STATUS = /^(?:\d{3}|-)$/;
/** All up to the times. */
const MIN_FIELDS = 15;

/** Parses a line of an S3 server access log, or the JSON object of one that CloudWatch Logs delivers. */
export const parseS3Access = slottedParser((message) => {
  const isVended = message.startsWith("{");
  const texts = isVended ? vendedTexts(message) : splitS3Line(message);
  if (texts === undefined) return undefined;
  const { table, time, errorCode, outcome } = isVended ? VENDED : LINE;
  const ms = isVended ? readUtcTime(texts[time]!) : readClfTime(texts[time]!);
  if (ms === undefined) return undefined;
  const values = table.valuesOf(texts);
  values[outcome] = outcomeOf(texts[errorCode]!);
  return { shape: table.shape, values, time: ms, isJson: isVended };
}, s3Line());

function outcomeOf(errorCode: string): string {
  return isAbsent(errorCode) ? "success" : "failure";
}

/** Lines without quotes in quotes, in which requests end as those of HTTP: splitS3Line and the encoder split them alike. */
function s3Line(): LineDescription {
  const { table, time, errorCode, outcome } = LINE;
  const looksLike: Readonly<Record<string, Omit<LineForm, "column">>> = {
    time: { in: ["brackets"], is: asClfTime },
    operation: { in: ["none"], is: OPERATION },
    request_uri: { in: ["quotes", "dash"], is: REQUEST },
    http_status: { in: ["none"], is: STATUS },
    referrer: { in: ["quotes", "dash"] },
    user_agent: { in: ["quotes", "none"] },
  };
  return {
    table,
    ...{ split: "quoted", hasSingleSpaces: true, hasNoInnerQuotes: true, isAscii: true },
    minFields: MIN_FIELDS,
    forms: lineTable.names.map((name, column) => ({ column, in: ["none"], ...looksLike[name] })),
    derived: [
      {
        op: SpanOp.byPresence,
        columns: [errorCode],
        words: ["-", "AccessDenied"].map((text): ReadWord => [text, outcomeOf(text)]),
        slots: [outcome],
      },
    ],
    time: timeStep(SpanOp.clfTime, time),
  };
}

function vendedTexts(message: string): string[] | undefined {
  const members = exactObject(message);
  return typeof members?.bucket_arn === "string" ? S3_VENDED.textsOfMembers(members) : undefined;
}
