import { decoder, type FieldReader } from "./field-values";
import { SpanOp } from "./span-ops";
import { type ReadWord, withStep } from "./span-step";

/** `event.outcome` of a status code. CloudFront writes `000` if the client leaves before an answer. */
export const asHttpOutcome = withStep(
  (status: string) => {
    if (!/^\d{3}$/.test(status)) return undefined;
    return status >= "100" && status < "400" ? "success" : "failure";
  },
  {
    op: SpanOp.outcome,
    words: [
      ["200", "success"],
      ["500", "failure"],
    ],
  },
);

/** More are nobody's list, and each is a value that an engine has to index. */
const MAX_ITEMS = 100;

/** The texts between separators, such as those of `forward,redirect`. */
export const asList = (separator: string): FieldReader => {
  const read: FieldReader = (text) => {
    if (!text.includes(separator)) return [text];
    const items = text.split(separator, MAX_ITEMS + 1).filter((item) => item !== "");
    if (items.length === 0) return undefined;
    return items.length > MAX_ITEMS ? text : items;
  };
  return withStep(read, { op: SpanOp.list, separator });
};

const TLS = /^(TLS|SSL)[v ]?(\d)\.?(\d)?$/i;

interface TlsVersion {
  version: string;
  protocol: string;
}

function parsedTlsVersion(text: string): TlsVersion | undefined {
  const [, protocol, major, minor = "0"] = TLS.exec(text) ?? [];
  return protocol && major ? { version: `${major}.${minor}`, protocol: protocol.toLowerCase() } : undefined;
}

/** What almost all connections have, as AWS's services write it. */
const TLS_VERSIONS: ReadonlyMap<string, TlsVersion | undefined> = new Map(
  ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3", "TLSV1.2", "TLSV1.3", "tlsv12", "tlsv13"].map((text) => [
    text,
    parsedTlsVersion(text),
  ]),
);

const tlsVersion = (text: string) => TLS_VERSIONS.get(text) ?? parsedTlsVersion(text);

/** @param read a part of a version. @returns what the WASM encoder does in its place */
const tlsStep = (read: (text: string) => string | undefined) =>
  withStep(read, {
    op: SpanOp.words,
    words: [...TLS_VERSIONS.keys()].map((word): ReadWord => [word, read(word)]),
    hasOtherWords: true,
  });

/** `tls.version` of `TLSv1.2`, `tlsv12`, `TLS 1.2` or `TLSv1`: `1.2`, `1.0`. */
export const asTlsVersion = tlsStep((text) => tlsVersion(text)?.version);

/** `tls.version_protocol` of the same: `tls` or `ssl`. */
export const asTlsProtocol = tlsStep((text) => tlsVersion(text)?.protocol);

/** Where a field with a version of TLS goes: places of a `LineField`. */
export const TLS_VERSION_PLACES = [
  ["tls.version", asTlsVersion],
  ["tls.version_protocol", asTlsProtocol],
] as const satisfies readonly (readonly [string, FieldReader])[];

/** `http.version` of `HTTP/1.1`: `1.1`. */
const httpVersion = (text: string) => /^HTTP\/(\d(?:\.\d)?)$/.exec(text)?.[1];

/** The same as a field's value. */
export const asHttpVersion = withStep(httpVersion, {
  op: SpanOp.words,
  words: ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3", "HTTP/3.0"].map(
    (word): ReadWord => [word, httpVersion(word)],
  ),
  hasOtherWords: true,
});

/** Returns a percent-encoded text, decoded; one that is not stays as it is. */
export function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The same as a field's value. */
export const asDecoded = withStep(
  decoder((text) => percentDecoded(text)),
  { op: SpanOp.decoded },
);
