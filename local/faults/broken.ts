import { type IncomingMessage, STATUS_CODES, request as startRequest } from "node:http";
import { TLSSocket } from "node:tls";

/** Resets the client's connection: it sees ECONNRESET. With TLS it only closes, because Node resets no TLS connection. */
export function reset({ socket }: IncomingMessage): undefined {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

/** Sends the target the first half of a request's body, then closes the connection. */
export async function cutOff(request: IncomingMessage, origin: string): Promise<void> {
  const { method, url, headers } = request;
  const half = Math.floor(Number(headers["content-length"]) / 2);
  const chunks: Buffer[] = [];
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    if (chunks.reduce((sum, { length }) => sum + length, 0) >= half) break;
  }
  const upstream = startRequest(origin + url, { method, headers, agent: false });
  await new Promise<void>((resolve) => {
    upstream.on("error", () => resolve());
    upstream.write(Buffer.concat(chunks).subarray(0, half), () => resolve());
  });
  upstream.destroy();
}

/** Sends the first half of a response, head included, and closes the connection. */
export function sendHalf(
  { socket }: IncomingMessage,
  answer: { status: number; headers: Record<string, string>; body: Buffer },
): undefined {
  const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join("")}\r\n`;
  const whole = Buffer.concat([Buffer.from(head), answer.body]);
  socket.write(whole.subarray(0, whole.length / 2), () => socket.destroy());
}
