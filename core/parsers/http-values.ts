import type { FieldReader } from "./field-values";

/** `event.outcome` of a status code. CloudFront writes `000` if the client leaves before an answer. */
export const asHttpOutcome: FieldReader = (status) => {
  if (!/^\d{3}$/.test(status)) return undefined;
  return status >= "100" && status < "400" ? "success" : "failure";
};

/** More are nobody's list, and each is a value that an engine has to index. */
const MAX_ITEMS = 100;

/** The texts between separators, such as those of `forward,redirect`. */
export const asList =
  (separator: string): FieldReader =>
  (text) => {
    const items = text.split(separator, MAX_ITEMS + 1).filter((item) => item !== "");
    if (items.length === 0) return undefined;
    return items.length > MAX_ITEMS ? text : items;
  };

const TLS = /^(TLS|SSL)[v ]?(\d)\.?(\d)?$/i;

/** `tls.version` of `TLSv1.2`, `tlsv12`, `TLS 1.2` or `TLSv1`: `1.2`, `1.0`. */
export const asTlsVersion: FieldReader = (text) => {
  const [, , major, minor = "0"] = TLS.exec(text) ?? [];
  return major && `${major}.${minor}`;
};

/** `tls.version_protocol` of the same: `tls` or `ssl`. */
export const asTlsProtocol: FieldReader = (text) => TLS.exec(text)?.[1]?.toLowerCase();

/** Where a field with a version of TLS goes: places of a `LineField`. */
export const TLS_VERSION_PLACES = [
  ["tls.version", asTlsVersion],
  ["tls.version_protocol", asTlsProtocol],
] as const satisfies readonly (readonly [string, FieldReader])[];

/** A percent-encoded text, decoded; one that is not stays as it is. */
export const asDecoded: FieldReader = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
