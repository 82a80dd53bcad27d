/** What the address names: `#/search?q=…`. */
export interface Address {
  /** Of a section; "" for none. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Reads the part of an address from `#` on. */
export function readAddress(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  return { path, query: new URLSearchParams(query) };
}

export function writeAddress({ path, query }: Address): string {
  const text = query.toString();
  return `#/${path}${text && `?${text}`}`;
}
