import { CONNECTION_RULES } from "../../../core/http/connection-rules";
import { classify } from "../../../core/retry/rule";

const outcomeOf = (code?: string) =>
  classify(CONNECTION_RULES, Object.assign(new Error("x"), code && { code })).outcome;

describe("CONNECTION_RULES", () => {
  it.each(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"])(
    "retries only briefly after %s",
    (code) => {
      expect(outcomeOf(code)).toBe("retried briefly");
    },
  );

  it.each([
    ...["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "ERR_TLS_CERT_ALTNAME_INVALID", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ...["CRL_HAS_EXPIRED", "INVALID_CA", "INVALID_PURPOSE"],
    ...["DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "EPROTO"],
    ...[
      "ERR_SSL_WRONG_VERSION_NUMBER",
      "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
      "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
    ],
  ])("returns the batch to Lambda after %s", (code) => {
    expect(outcomeOf(code)).toBe("returned to Lambda");
  });

  it.each([
    ...["ECONNRESET", "EPIPE", "EAI_AGAIN", "UND_ERR_SOCKET", "UND_ERR_CONNECT_TIMEOUT"],
    ...[
      "UND_ERR_HEADERS_TIMEOUT",
      "UND_ERR_BODY_TIMEOUT",
      "HPE_INVALID_CONSTANT",
      "EPROTOTYPE",
      "RESPONSE_TOO_LONG",
      undefined,
    ],
  ])("isolates the event that may be the reason after %s, where there are events", (code) => {
    expect(outcomeOf(code)).toBe("isolated");
  });
});
