import { fieldPath, putField } from "./field-path";
import type { FieldWriter } from "./field-table";
import { asInteger, isAbsent } from "./field-values";

const [METHOD, VERSION] = [fieldPath("http.request.method"), fieldPath("http.version")];
const ORIGINAL = fieldPath("url.original");
const [SCHEME, DOMAIN, PORT] = [fieldPath("url.scheme"), fieldPath("url.domain"), fieldPath("url.port")];
const [PATH, QUERY] = [fieldPath("url.path"), fieldPath("url.query")];

/** A method is a token of RFC 9110; longer ones are nobody's. */
const IS_METHOD = /^[\w!#$%&'*+.^`|~-]{1,32}$/;
const IS_VERSION = /^HTTP\/(\d(?:\.\d)?)$/i;
const SCHEME_END = /^([a-z][a-z\d+.-]{0,15}):\/\//i;
/** Of a malformed request, ELB writes `http://host:80-/`. */
const HOST_PORT = /^(.+):(\d{1,5})-?$/;
/** TCP listeners of a classic ELB have `- - - ` for a request. */
const NO_URL = /^[- ]*$/;

/**
 * Puts what is in a request line: `GET http://www.example.com:80/a?b=c HTTP/1.1`. It is split at its first and last space, for a URL
 * is as the client sent it and may have spaces. The URL is the whole text if that is no request, such as the beginning of a TLS
 * connection.
 */
export const putRequestLine: FieldWriter = (fields, text) => {
  const first = text.indexOf(" ");
  const method = first < 0 ? "" : text.slice(0, first);
  if (!IS_METHOD.test(method)) return putUrl(fields, text);
  const last = text.lastIndexOf(" ");
  const protocol = text.slice(last + 1);
  const version = IS_VERSION.exec(protocol)?.[1];
  const hasProtocol = last > first && (version !== undefined || isAbsent(protocol));
  if (method !== "-") putField(fields, METHOD, method);
  putField(fields, VERSION, version);
  putUrl(fields, text.slice(first + 1, hasProtocol ? last : undefined));
};

/** Puts a URL and its parts, without decoding: `https://www.example.com:443/a?b=c`, `/a?b=c`. */
export const putUrl: FieldWriter = (fields, url) => {
  if (NO_URL.test(url)) return;
  putField(fields, ORIGINAL, url);
  const scheme = SCHEME_END.exec(url);
  if (scheme === null && !url.startsWith("/")) return;
  const host = scheme?.[0].length ?? 0;
  const query = url.indexOf("?", host);
  const pathEnd = query < 0 ? url.length : query;
  const slash = url.indexOf("/", host);
  const hostEnd = slash < 0 || slash > pathEnd ? pathEnd : slash;
  putField(fields, SCHEME, scheme?.[1]?.toLowerCase());
  if (host < hostEnd) putHost(fields, url.slice(host, hostEnd));
  if (hostEnd < pathEnd) putField(fields, PATH, url.slice(hostEnd, pathEnd));
  if (query >= 0 && query + 1 < url.length) putField(fields, QUERY, url.slice(query + 1));
};

const putHost: FieldWriter = (fields, text) => {
  const [, host = text, port = ""] = HOST_PORT.exec(text) ?? [];
  putField(fields, DOMAIN, host);
  putField(fields, PORT, asInteger(port));
};
