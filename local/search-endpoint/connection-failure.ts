import * as tls from "node:tls";
import { isOnThisMachine } from "../../core/settings/origin";
import { oneLine } from "../../tools/text/one-line";
import { LateError } from "./request";

/** Why the endpoint cannot be used, and what to do about it. */
export interface EndpointFailure {
  readonly reason: string;
  readonly advice: string;
}

const PORTS = "Check that the engine runs, and that this is its HTTP port (9200 by default).";
const NETWORK = "Check the address, the VPN and the firewalls in between.";
const TRUST =
  "Name the certificate authority's file: NODE_EXTRA_CA_CERTS=ca.pem npm start -- …, or give an http://localhost address that forwards to it.";

const REASONS: Readonly<Record<string, EndpointFailure>> = {
  ECONNREFUSED: { reason: "the connection is refused: nothing listens on this port", advice: PORTS },
  ECONNRESET: { reason: "the connection is closed without a response", advice: PORTS },
  EPIPE: { reason: "the connection is closed without a response", advice: PORTS },
  ENOTFOUND: { reason: "its name is unknown", advice: "Check the spelling, and the VPN if it is a private name." },
  EAI_AGAIN: { reason: "its name cannot be looked up now", advice: "Check this machine's DNS and network." },
  ETIMEDOUT: { reason: "the connection times out", advice: NETWORK },
  EHOSTUNREACH: { reason: "there is no route to it", advice: NETWORK },
  ENETUNREACH: { reason: "there is no route to it", advice: NETWORK },
  EADDRNOTAVAIL: { reason: "there is no route to it", advice: NETWORK },
  DEPTH_ZERO_SELF_SIGNED_CERT: { reason: "its TLS certificate is self-signed", advice: TRUST },
  SELF_SIGNED_CERT_IN_CHAIN: { reason: "its TLS certificate is from an untrusted authority", advice: TRUST },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { reason: "its TLS certificate is from an unknown authority", advice: TRUST },
  UNABLE_TO_GET_ISSUER_CERT: { reason: "its TLS certificate is from an unknown authority", advice: TRUST },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { reason: "its TLS certificate is from an unknown authority", advice: TRUST },
  CERT_HAS_EXPIRED: { reason: "its TLS certificate has expired", advice: "Renew it, or check this machine's clock." },
  CERT_NOT_YET_VALID: {
    reason: "its TLS certificate is not valid yet",
    advice: "Check this machine's clock, and the certificate.",
  },
};

const NO_TLS: EndpointFailure = {
  reason: "it does not speak TLS",
  advice:
    "If the engine speaks plain HTTP: http:// is allowed only for localhost, so forward its port, for instance with ssh -L 9200:<host>:9200.",
};

const WANTS_TLS: EndpointFailure = { reason: "it expects TLS, not plain HTTP", advice: "Use https:// instead." };

/** Explains why there was no response. */
export async function connectionFailure(
  origin: string,
  error: unknown,
  timeoutSeconds: number,
): Promise<EndpointFailure> {
  const failure = await failureOf(new URL(origin), error as NodeJS.ErrnoException, timeoutSeconds);
  const proxied = ["https_proxy", "http_proxy", "all_proxy"].some(
    (name) => process.env[name] ?? process.env[name.toUpperCase()],
  );
  const hint =
    proxied && !isOnThisMachine(new URL(origin)) ? " The request was sent directly: the forwarder uses no proxy." : "";
  return { ...failure, advice: failure.advice + hint };
}

async function failureOf(url: URL, error: NodeJS.ErrnoException, timeoutSeconds: number): Promise<EndpointFailure> {
  const { code = "", message } = error;
  const notHttp = code.startsWith("HPE_");
  if (url.protocol === "http:" && (notHttp || code === "ECONNRESET") && (await speaksTls(url, timeoutSeconds))) {
    return WANTS_TLS;
  }
  if (error instanceof LateError) return { reason: message, advice: /^no/.test(message) ? NETWORK : PORTS };
  if (notHttp) return { reason: "it does not speak HTTP", advice: PORTS };
  if (/wrong version number|packet length too long|http request/i.test(message)) return NO_TLS;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const names = (error as { cert?: { subjectaltname?: string } }).cert?.subjectaltname ?? "no name";
    return {
      reason: "its TLS certificate is for another host",
      advice: `The certificate is for ${oneLine(names)}: use that name.`,
    };
  }
  if (/certificate required|handshake failure|bad certificate/i.test(message)) {
    return {
      reason: "it ends the TLS handshake, most likely because it requires a client certificate",
      advice: "The local pipeline has none: give an http://localhost address of a proxy that has one.",
    };
  }
  return REASONS[code] ?? { reason: oneLine(message) || code, advice: NETWORK };
}

function speaksTls({ hostname, port }: URL, timeoutSeconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port || 80),
      rejectUnauthorized: false,
      timeout: timeoutSeconds * 1000,
    });
    const end = (outcome: boolean) => () => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once("secureConnect", end(true)).once("timeout", end(false)).on("error", end(false));
  });
}
