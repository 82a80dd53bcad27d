import type { ClientRequest } from "node:http";
import { CONNECT_TIMEOUT_MS } from "./limits";

/** Destroys a request whose connection, with TLS, is not established in time. */
export function limitConnecting(request: ClientRequest): void {
  request.once("socket", (socket) => {
    if (!socket.connecting) return;
    const message = `no connection within ${CONNECT_TIMEOUT_MS} ms`;
    const late = () => request.destroy(Object.assign(new Error(message), { code: "ETIMEDOUT" }));
    const timer = setTimeout(late, CONNECT_TIMEOUT_MS);
    const done = () => clearTimeout(timer);
    socket.once("encrypted" in socket ? "secureConnect" : "connect", done).once("close", done);
  });
}

/** The error of a connection that ends before a response. */
export const connectionClosed = () =>
  Object.assign(new Error("the connection was closed before a response"), { code: "ECONNRESET" });
