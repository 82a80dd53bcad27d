import type { Rule } from "../retry/rule";

const code = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

/** Nothing listens there, the host's name or network does not exist, or a security group drops the packets. */
const UNREACHABLE = ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"];

/** Node's and OpenSSL's codes for a certificate or a handshake that fails each time. */
export const TLS_FAILURE =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|CRL_|INVALID_CA|INVALID_PURPOSE|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH)/;

/** Secrets Manager, which has the credentials of the search endpoint, did not give them, and will. */
export const SECRETS_MANAGER_FAILED = "SECRETS_MANAGER_FAILED";

export type ConnectionOutcome = "retried" | "isolated" | "retried briefly" | "returned to Lambda";

/** Classifies a request to the search endpoint or to S3 that had no complete response, by its error. */
export const CONNECTION_RULES: readonly Rule<unknown, ConnectionOutcome>[] = [
  {
    when: "the connection is refused or not established in time, the host or its network is unknown",
    applies: (error) => UNREACHABLE.includes(code(error)),
    outcome: "retried briefly",
    code: "UNREACHABLE",
    advice: "Check that it is up, its name and port, and in a VPC the security groups, routes and DNS.",
  },
  {
    when: "TLS fails: a certificate that is not trusted, expired or another host's, no common version, no TLS at all",
    applies: (error) => TLS_FAILURE.test(code(error)),
    outcome: "returned to Lambda",
    code: "TLS_FAILED",
    advice:
      "Check that the endpoint speaks HTTPS, and that a public authority, or the one in `ca_certificate` of the secret, has issued its certificate to this name.",
  },
  {
    when: "Secrets Manager throttles, fails or does not answer in time, when it is asked for the credentials",
    applies: (error) => code(error) === SECRETS_MANAGER_FAILED,
    outcome: "retried",
  },
  {
    when: "anything else: reset before, during or after the body, closed, cut off, too long, timed out, DNS not answering",
    applies: () => true,
    outcome: "isolated",
  },
];
