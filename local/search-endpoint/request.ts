import type { IncomingHttpHeaders } from "node:http";
import * as http from "node:http";
import * as https from "node:https";
import { sign } from "../../core/http/sign";
import { emulatedAccount } from "../aws/account";

export interface EndpointResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The beginning of the body. */
  readonly body: string;
}

/** Far longer than an engine's response to `/`. */
const MAX_BODY_LENGTH = 65_536;

/** Thrown after the timeout; its message says what did not happen in time. */
export class LateError extends Error {
  override readonly name = "LateError";
}

/**
 * Sends a request without a body as the forwarder would: directly, signed with the emulated account's keys. Redirects are not
 * followed.
 *
 * @throws LateError after the timeout, or Node.js's error for a failed connection
 */
export async function requestOnce(
  origin: string,
  method: "GET" | "POST",
  path: string,
  timeoutSeconds: number,
): Promise<EndpointResponse> {
  const { protocol, hostname, port } = new URL(origin);
  const { request } = protocol === "https:" ? https : http;
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = emulatedAccount;
  const unsigned = { method, path, headers: { "Content-Type": "application/json" }, body: Buffer.alloc(0) };
  const headers = sign(
    unsigned,
    { origin, service: "es", region: emulatedAccount.AWS_REGION },
    { accessKeyId, secretAccessKey, sessionToken: emulatedAccount.AWS_SESSION_TOKEN },
  );
  return new Promise((resolve, reject) => {
    let late = `no connection within ${timeoutSeconds} seconds`;
    // Only URLs have brackets around IPv6 addresses.
    const to = { hostname: hostname.replace(/^\[|\]$/g, ""), port, method, path, headers, agent: false as const };
    const sent = request(to, (response) => {
      let body = "";
      const done = () => resolve({ status: response.statusCode!, headers: response.headers, body });
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
        if (body.length < MAX_BODY_LENGTH) return;
        done();
        sent.destroy();
      });
      response.on("end", done).on("error", reject);
    });
    sent.once("socket", (socket) => {
      socket.once(protocol === "https:" ? "secureConnect" : "connect", () => {
        late = `connected, but no response within ${timeoutSeconds} seconds`;
      });
    });
    const timer = setTimeout(() => sent.destroy(new LateError(late)), timeoutSeconds * 1000);
    // Has no effect after a response. A switch of protocols is not one.
    sent.on("close", () => {
      clearTimeout(timer);
      reject(Object.assign(new Error("closed without a response"), { code: "ECONNRESET" }));
    });
    sent.on("error", reject).end();
  });
}
