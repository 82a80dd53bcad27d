/** Turns a name of AWS's into one of a field: `responseLength`, `response-length`, `ResponseLength` and `clientCertPEM` alike. */
export const fieldName = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z\d]+/g, "_")
    .replace(/^_|_$/g, "")
    .toLowerCase();
