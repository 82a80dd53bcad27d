const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

/** Scheme, host and port; `URL` alone accepts much more. */
const ORIGIN_FORM = /^https?:\/\/[^/?#@\\\s]+\/?$/i;

/** The values that `parseOrigin` accepts, for messages and tables. */
export const ORIGIN_ALLOWED = "an https:// origin without user, path or query (http:// only for localhost)";

/**
 * Returns the origin that `text` names, in its normal form: in lower case, without a default port and the last slash;
 * undefined where it is not allowed. Plain HTTP is for this machine only, where local emulators listen.
 */
export function parseOrigin(text: string): string | undefined {
  const url = ORIGIN_FORM.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || (url && isOnThisMachine(url)) ? url.origin : undefined;
}

export const isOnThisMachine = ({ hostname }: URL): boolean => THIS_MACHINE.includes(hostname);
