import { lambdaStream } from "../../core/http/lambda-send";
import type { OpenStream } from "../../core/http/node-stream";
import type { Target } from "../../core/http/sign";

/** Sources have fewer buckets; what a message says of a region must not fill the memory. */
const MAX_STREAMS = 200;

const streams = new Map<string, OpenStream>();

/** Returns what opens streams from a target, over connections that stay open for the next invocation. */
export function keptStream(target: Target): OpenStream {
  const key = `${target.origin} ${target.region}`;
  const kept = streams.get(key);
  if (kept) return kept;
  if (streams.size >= MAX_STREAMS) streams.clear();
  const stream = lambdaStream(target);
  streams.set(key, stream);
  return stream;
}

/** Calls `received` for each part of a body. */
export function counting(stream: OpenStream, received: (bytes: number) => void): OpenStream {
  return async (request) => {
    const response = await stream(request);
    return { ...response, body: counted(response.body, received) };
  };
}

async function* counted(
  body: AsyncGenerator<Buffer, void, undefined>,
  received: (bytes: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const part of body) {
    received(part.length);
    yield part;
  }
}
