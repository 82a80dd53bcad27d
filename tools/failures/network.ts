const REASONS: readonly (readonly [reason: string, signs: RegExp])[] = [
  ["it is set to work offline", /offline mode|--no-index/i],
  [
    "the proxy refuses the connection, or cannot be reached",
    /ProxyError|proxyconnect|\b407\b|Proxy Authentication|Unknown proxy/i,
  ],
  [
    "the TLS certificate of the server, or of a proxy in between, is not trusted",
    /CERTIFICATE_VERIFY_FAILED|PKIX path|certificate verify failed|x509:|self.signed certificate|SSLHandshakeException|SSLPeerUnverified/i,
  ],
  [
    "the server's name is unknown",
    /Name or service not known|name resolution|nodename nor servname|No address associated|UnknownHost|Unknown host|no such host|getaddrinfo/i,
  ],
  ["the connection is refused", /Connection refused|Errno (111|61)\b/i],
  ["there is no route to the server", /No route to host|Network is unreachable/i],
  ["the server does not answer in time", /timed? ?out|SocketTimeout|deadline exceeded/i],
  ["the connection is reset", /Connection reset|Connection aborted|unexpected EOF/i],
  [
    "the server requires credentials, or denies access to this machine",
    /\b40[13] (Unauthorized|Forbidden|Client Error)|status(?: code)?: 40[13]/i,
  ],
  ["the server fails", /\b50\d (Server Error|Service|Bad Gateway|Internal|Gateway)|status(?: code)?: 50\d/i],
  [
    "the server does not have it, or denies access to this machine",
    /Could not find artifact|No matching distribution|Could not find a version|404 Not Found/i,
  ],
];

/** Finds out why a download by pip, Maven or Terraform failed; undefined for output without a network error. */
export function networkReason(output: string): string | undefined {
  return REASONS.find(([, signs]) => signs.test(output))?.[0];
}
