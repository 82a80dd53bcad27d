import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

export interface RawServer {
  readonly origin: string;
  /** Bytes received on all connections so far. */
  readonly received: number;
  readonly connections: number;
  /** Resolves when the first connection is closed. */
  readonly closed: Promise<unknown>;
  stop(): Promise<void>;
}

/** A TCP server for responses that node:http's server does not send. `connected` is called with each connection. */
export async function startRawServer(
  connected: (socket: Socket) => void = () => {},
  host = "127.0.0.1",
): Promise<RawServer> {
  const sockets: Socket[] = [];
  let received = 0;
  const server = createServer((socket) => {
    sockets.push(socket);
    socket
      .on("error", () => {})
      .on("data", (data) => {
        received += data.length;
      });
    connected(socket);
  });
  const closed = new Promise((resolve) => server.once("connection", (socket) => socket.once("close", resolve)));
  server.listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    get received() {
      return received;
    },
    get connections() {
      return sockets.length;
    },
    closed,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends `parts` once a request arrives, each some milliseconds after the one before; then calls `afterwards`. */
export const answering =
  (parts: readonly string[], afterwards: (socket: Socket) => void = () => {}) =>
  (socket: Socket): void => {
    socket.setNoDelay(true);
    socket.once("data", () => send(socket, parts, afterwards));
  };

function send(socket: Socket, [part, ...rest]: readonly string[], afterwards: (socket: Socket) => void): void {
  if (part === undefined) afterwards(socket);
  else socket.write(part, () => setTimeout(send, 5, socket, rest, afterwards));
}
