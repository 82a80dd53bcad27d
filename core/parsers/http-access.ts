import { splitDelimited } from "./delimited";
import { slottedParser } from "./field-shape";
import { FieldTable, type LineField } from "./field-table";
import { asInteger, asIp, asText } from "./field-values";
import { asHost, asHostIp, asHostPort } from "./host-port";
import { asHttpOutcome } from "./http-values";
import type { LineDescription, LineForm } from "./line-description";
import { asClfTime, readClfTime } from "./line-times";
import { requestLine } from "./request-line";
import { SpanOp } from "./span-ops";
import { timeStep, withStep } from "./span-step";

/** The first of `"10.5.102.222, 199.96.1.1" 10.2.1.185`. */
const firstAddress = (text: string) => {
  const first = text.replace(/^"/, "").split(/[," ]/, 1)[0]!;
  return asIp(first) ?? asHostIp(first);
};
const asFirstAddress = withStep(firstAddress, { op: SpanOp.firstAddress });

/**
 * Apache's Common and Combined Log Format ("Log Files" in the documentation of its HTTP Server), which nginx writes as `combined`.
 * What a server adds to them, such as nginx's `$http_x_forwarded_for` or a request's time, are additional fields.
 */
const HTTP_ACCESS_FIELDS: readonly LineField[] = [
  ["virtual host", ["url.domain", asHost], ["url.port", asHostPort]],
  ["host", ["source.address", asText], ["source.ip", asFirstAddress]],
  ["ident", ["http_access.ident", asText]],
  ["user", ["user.name", asText]],
  ["time", ["event.start", asClfTime]],
  ["request", requestLine],
  ["status", ["http.response.status_code", asInteger], ["event.outcome", asHttpOutcome]],
  ["bytes", ["http.response.body.bytes", asInteger]],
  ["referrer", ["http.request.referrer", asText]],
  ["user agent", ["user_agent.original", asText]],
];

const table = new FieldTable(
  { dataset: "http_access", additionalFields: "http_access.additional_fields" },
  HTTP_ACCESS_FIELDS,
);

/** The first text in brackets that is a time: a user's name may have brackets and spaces. */
const TIME = /(?:^| )\[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] ?(?=")/;
const STATUS = /^(?:\d{3}|-)$/;
/** More before the time is a text that quotes a line. */
const MAX_HEAD = 1024;

/** Parses a line of a web server's access log. */
export const parseHttpAccess = slottedParser((message) => {
  const match = TIME.exec(message);
  const time = readClfTime(match?.[1] ?? "");
  if (match === null || match.index > MAX_HEAD || time === undefined) return undefined;
  const head = headTexts(message.slice(0, match.index));
  const tail = splitDelimited(message, match.index + match[0].length);
  if (head === undefined || !STATUS.test(tail[1] ?? "")) return undefined;
  return { shape: table.shape, values: table.valuesOf([...head, match[1]!, ...tail]), time };
}, httpLine());

/**
 * What is before the time: `host ident user`, where the user's name may have spaces and the ident is `-` in almost every log. Logs of
 * several virtual hosts have theirs first. Behind proxies, the host may be a list of addresses.
 */
function headTexts(text: string): string[] | undefined {
  const words = text.split(" ").filter((word) => word !== "");
  if (words.length < 1) return undefined;
  const dash = words.indexOf("-", 1);
  const ident = dash < 0 || words.length === 3 ? Math.max(words.length - 2, 1) : dash;
  const hosts = words.slice(0, ident);
  const hasVirtualHost = hosts.length > 1 && !hosts[0]!.endsWith(",");
  const virtualHost = hasVirtualHost ? hosts.shift()! : "";
  return [virtualHost, hosts.join(" "), words[ident] ?? "", words.slice(ident + 1).join(" ")];
}

/** Lines of one host, whose user's name has no spaces: three words before the time. */
function httpLine(): LineDescription {
  const at = (name: string) => table.names.indexOf(name);
  const words = ["host", "ident", "user"].map((name): LineForm => ({ column: at(name), in: ["none"] }));
  return {
    table,
    ...{ split: "quoted", hasSingleSpaces: true },
    firstColumn: at("host"),
    forms: [
      ...words,
      { column: at("time"), is: asClfTime, in: ["brackets"] },
      { column: at("request"), in: ["quotes"] },
      { column: at("status"), is: STATUS },
    ],
    head: { column: at("time"), maxBytes: MAX_HEAD },
    time: timeStep(SpanOp.clfTime, at("time")),
  };
}
