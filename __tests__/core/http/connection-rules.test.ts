import { CONNECTION_EXITS } from "../../../core/http/connection-rules";
import { exitOf } from "../../../core/retry/outcome";

const outcomeOf = (code?: string) => exitOf(CONNECTION_EXITS, Object.assign(new Error("x"), code && { code })).outcome;

describe("CONNECTION_EXITS", () => {
  it.each(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"])(
    "tries only briefly after %s",
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
  ])("gives the batch back after %s", (code) => {
    expect(outcomeOf(code)).toBe("given back");
  });

  it.each([
    ...["ECONNRESET", "EPIPE", "EAI_AGAIN", "UND_ERR_SOCKET", "UND_ERR_CONNECT_TIMEOUT"],
    ...["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "HPE_INVALID_CONSTANT", "EPROTOTYPE", undefined],
  ])("retries after %s", (code) => {
    expect(outcomeOf(code)).toBe("retried");
  });
});
