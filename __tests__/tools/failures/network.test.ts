import { networkReason } from "../../../tools/failures/network";

// Real output of the programs, cut to the relevant part.
describe("networkReason", () => {
  it.each([
    [
      "the connection is refused",
      "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<HTTPConnection>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/blinker/\nERROR: No matching distribution found for blinker==1.9.0",
    ],
    [
      "the server's name is unknown",
      "NewConnectionError('Failed to establish a new connection: [Errno -2] Name or service not known')': /simple/blinker/",
    ],
    [
      "the TLS certificate",
      "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1006)'))",
    ],
    ["the proxy", "ProxyError('Cannot connect to proxy.', NewConnectionError('[Errno 111] Connection refused'))"],
    [
      "the proxy",
      "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))",
    ],
    [
      "the server does not have it",
      "Looking in indexes: http://127.0.0.1:18080/404\nERROR: Could not find a version that satisfies the requirement blinker==1.9.0 (from versions: none)",
    ],
    [
      "the connection is refused",
      "[ERROR] Plugin maven-dependency-plugin:3.8.1 or one of its dependencies could not be resolved: transfer failed for http://127.0.0.1:1/maven: Connect to 127.0.0.1:1 [/127.0.0.1] failed: Connection refused -> [Help 1]",
    ],
    [
      "the server's name is unknown",
      "[ERROR] transfer failed for https://no-such-host.invalid/maven: no-such-host.invalid: Name or service not known -> [Help 1]",
    ],
    [
      "the TLS certificate",
      "[ERROR] PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target -> [Help 1]",
    ],
    [
      "the server requires credentials",
      "[ERROR] authentication failed for http://127.0.0.1:18080/401, status: 401 Unauthorized",
    ],
    [
      "the server requires credentials",
      "[ERROR] authorization failed for http://127.0.0.1:18080/403, status: 403 Forbidden",
    ],
    ["the server fails", "[ERROR] transfer failed for http://127.0.0.1:18080/503, status: 503 Service Unavailable"],
    [
      "the server does not have it",
      "[ERROR] Could not find artifact maven-dependency-plugin:jar:3.8.1 in m (http://x)",
    ],
    ["it is set to work offline", "[ERROR] Cannot access central (https://repo.example/maven2) in offline mode"],
    [
      "the server does not answer in time",
      'Error: could not query provider registry: Get "https://registry.terraform.io/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    [
      "the server's name is unknown",
      'Error: could not connect to registry.terraform.io: Get "https://registry.terraform.io/": dial tcp: lookup registry.terraform.io: no such host',
    ],
    ["the TLS certificate", 'Get "https://registry.terraform.io/": x509: certificate signed by unknown authority'],
  ])("finds that %s…", (reason, output) => {
    expect(networkReason(output)).toMatch(new RegExp(`^${reason}`));
  });

  it("finds no reason in output without a network error", () => {
    expect(networkReason("error: externally-managed-environment")).toBeUndefined();
  });
});
