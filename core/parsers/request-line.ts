import type { FieldWriter } from "./field-put";
import type { SlotOf } from "./field-shape";
import { asInteger, isAbsent } from "./field-values";
import { endOfHost } from "./host-port";
import type { SlotValues } from "./parsed-message";
import { SpanOp } from "./span-ops";
import { withStep } from "./span-step";

/** A method is a token of RFC 9110; longer ones are nobody's. */
const IS_METHOD = /^[\w!#$%&'*+.^`|~-]{1,32}$/;
const IS_VERSION = /^HTTP\/(\d(?:\.\d)?)$/i;
/** Of almost every line. */
const VERSIONS: ReadonlyMap<string, string> = new Map(["1.0", "1.1", "2.0", "2"].map((one) => [`HTTP/${one}`, one]));
const SCHEME = /^([a-z][a-z\d+.-]{0,15}):\/\//i;
/** TCP listeners of a classic ELB have `- - - ` for a request. */
const NO_URL = /^[- ]*$/;

/**
 * Puts what is in a request line: `GET http://www.example.com:80/a?b=c HTTP/1.1`. It is split at its first and last space, for a URL
 * is as the client sent it and may have spaces. The URL is the whole text if that is no request, such as the beginning of a TLS
 * connection.
 */
export const requestLine: FieldWriter = (slotOf) => {
  const [method, version] = [slotOf("http.request.method"), slotOf("http.version")];
  const { put: putUrl, slots } = url(slotOf);
  const put = (values: SlotValues, text: string) => {
    const first = text.indexOf(" ");
    const word = first < 0 ? "" : text.slice(0, first);
    if (!IS_METHOD.test(word)) return putUrl(values, text);
    const last = text.lastIndexOf(" ");
    const protocol = text.slice(last + 1);
    const number = VERSIONS.get(protocol) ?? IS_VERSION.exec(protocol)?.[1];
    const hasProtocol = last > first && (number !== undefined || isAbsent(protocol));
    if (word !== "-") values[method] = word;
    values[version] = number;
    return putUrl(values, text.slice(first + 1, hasProtocol ? last : undefined));
  };
  return withStep(put, { op: SpanOp.requestLine, slots: [method, version, ...slots] });
};

/** @returns undefined: the text begins with no scheme */
function endOfScheme(text: string): number | undefined {
  if (text.startsWith("http://")) return 4;
  return text.startsWith("https://") ? 5 : SCHEME.exec(text)?.[1]?.length;
}

/** Puts a URL and its parts, without decoding: `https://www.example.com:443/a?b=c`, `/a?b=c`. */
const url = (slotOf: SlotOf) => {
  const original = slotOf("url.original");
  const [scheme, domain, port] = [slotOf("url.scheme"), slotOf("url.domain"), slotOf("url.port")];
  const [path, query] = [slotOf("url.path"), slotOf("url.query")];
  const put = (values: SlotValues, text: string) => {
    if (NO_URL.test(text)) return true;
    values[original] = text;
    const schemeEnd = text.startsWith("/") ? 0 : endOfScheme(text);
    if (schemeEnd === undefined) return true;
    const host = schemeEnd === 0 ? 0 : schemeEnd + 3;
    const mark = text.indexOf("?", host);
    const pathEnd = mark < 0 ? text.length : mark;
    const slash = text.indexOf("/", host);
    const hostEnd = slash < 0 || slash > pathEnd ? pathEnd : slash;
    if (host > 0) values[scheme] = text.slice(0, schemeEnd).toLowerCase();
    if (host < hostEnd) {
      // Of a malformed request, ELB writes `http://host:80-/`.
      const portEnd = text[hostEnd - 1] === "-" ? hostEnd - 1 : hostEnd;
      const authority = text.slice(host, portEnd);
      const nameEnd = endOfHost(authority);
      const hasPort = nameEnd < authority.length;
      values[domain] = hasPort ? authority.slice(0, nameEnd) : text.slice(host, hostEnd);
      // A virtual host may have put its own.
      if (hasPort) values[port] = asInteger(authority.slice(nameEnd + 1));
    }
    if (hostEnd < pathEnd) values[path] = text.slice(hostEnd, pathEnd);
    if (mark >= 0 && mark + 1 < text.length) values[query] = text.slice(mark + 1);
    return true;
  };
  return { put, slots: [original, scheme, domain, port, path, query] };
};
