/** AWS's names, which are few; those that others invent may be endless. */
const MAX_KNOWN_NAMES = 2_000;
const MAX_KNOWN_NAME = 64;
const knownNames = new Map<string, string>();

/** Turns a name of AWS's into one of a field: `responseLength`, `response-length`, `ResponseLength` and `clientCertPEM` alike. */
export function fieldName(name: string): string {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const field = inSnakeCase(name);
  if (knownNames.size < MAX_KNOWN_NAMES && name.length <= MAX_KNOWN_NAME) knownNames.set(name, field);
  return field;
}

const inSnakeCase = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z\d]+/g, "_")
    .replace(/^_|_$/g, "")
    .toLowerCase();
