import { Agent, request as open } from "node:http";
import type { KinesisStreamEvent } from "aws-lambda";
import { compressing } from "../../core/http/compressing";
import { archiveObjects } from "../../core/pipelines/kinesis-to-archive";
import { BULK_PATH } from "../../core/sinks/opensearch/bulk-request";
import { batchProgress, bodiesOf, SETTINGS } from "./core";

/** A request that is ready to be sent. */
export interface ReadyRequest {
  method: "POST" | "PUT";
  path: string;
  body: Buffer;
}

/** The requests that the function sends for a batch: `_bulk` for its events, then the PUTs of its archive objects. */
export function requestsOf({ Records }: KinesisStreamEvent, bucket: string): ReadyRequest[] {
  const batch = batchProgress(Records);
  const posts = bodiesOf(batch).map((body): ReadyRequest => ({ method: "POST", path: BULK_PATH, body }));
  const objects = archiveObjects("", batch.records, SETTINGS);
  return [
    ...posts,
    ...objects.map(({ key, body }): ReadyRequest => ({ method: "PUT", path: `/${bucket}/${key}`, body })),
  ];
}

/** How many times smaller the forwarder makes the bodies of `_bulk` requests when it compresses them. */
export async function compressionRatio(requests: readonly ReadyRequest[]): Promise<number> {
  let [plain, compressed] = [0, 0];
  const send = compressing(async ({ body }) => {
    compressed += body.length;
    return { status: 200, body: "" };
  });
  for (const { method, path, body } of requests) {
    if (method === "PUT") continue;
    plain += body.length;
    await send({ method, path, headers: {}, body, timeoutMs: 0, maxResponseBytes: 0 });
  }
  return plain / compressed;
}

/** A client that sends requests one after the other by bare node:http, unsigned, over one connection. */
export function bareClient(origin: string): (requests: readonly ReadyRequest[]) => Promise<void> {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true });
  return async (requests) => {
    for (const { method, path, body } of requests) {
      await new Promise<void>((resolve, reject) => {
        const headers = { "Content-Length": body.length };
        open({ agent, hostname, port, method, path, headers }, (response) => response.on("end", resolve).resume())
          .on("error", reject)
          .end(body);
      });
    }
  };
}
