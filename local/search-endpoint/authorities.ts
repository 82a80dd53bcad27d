/** The variable by which Node.js trusts more certificate authorities than its own, for the functions to do so, too. */
export function trustedAuthorities(): Record<string, string> {
  const { NODE_EXTRA_CA_CERTS } = process.env;
  return NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS } : {};
}
