/**
 * Returns how a URL that is not allowed stands in an error, without what may be a secret of it: user, password, path and query.
 * What is left out is an ellipsis.
 */
export function shownUrl(given: string): string {
  const [, scheme, host, rest] = /^(https?:\/\/)([^/?#@\\\s]*)(.*)$/is.exec(given) ?? [];
  if (scheme === undefined) return "no URL that begins with https:// or http://";
  // What looks like a host before an @ is a user, and the beginning of a password.
  if (given.includes("@")) return JSON.stringify(`${scheme}…@…`);
  return JSON.stringify(`${scheme}${host}${rest === "" || rest === "/" ? rest : "…"}`);
}
