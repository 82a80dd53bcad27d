import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { repeatedBytes } from "../corpus/repeated-object";
import { CountedDocuments } from "../subjects/counted-documents";

/**
 * Stands for S3, SQS and the search endpoint of a measured function, and prints its port. A key `<n>/…` is an object of the file, n
 * times; what is put is dropped. Messages are kept until they are asked for, documents are counted.
 */
const member = readFileSync(process.argv[2]!);
const documents = new CountedDocuments();
let messages: string[] = [];
let quarantined = 0;

function getObject({ headers, url }: IncomingMessage, response: ServerResponse): void {
  const [, , times = ""] = url!.split("/");
  const size = Number(times) * member.length;
  const etag = `"${times.padStart(32, "0")}"`;
  if ((headers["if-match"] ?? etag).replaceAll('"', "") !== etag.replaceAll('"', "")) {
    response.writeHead(412).end("<Error><Code>PreconditionFailed</Code></Error>");
    return;
  }
  const from = Number(/^bytes=(\d+)-/.exec(headers.range ?? "")?.[1] ?? 0);
  response.writeHead(headers.range ? 206 : 200, {
    ...{ etag, "content-length": size - from, "last-modified": "Sat, 21 Nov 2026 03:05:00 GMT" },
    ...(headers.range && { "content-range": `bytes ${from}-${size - 1}/${size}` }),
  });
  Readable.from(repeatedBytes({ member, times: Number(times) }, from))
    .on("error", () => response.destroy())
    .pipe(response);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request;
  if (method === "GET" && url === "/_state") {
    const { created, repeated, objects } = documents;
    response.end(JSON.stringify({ created, repeated, objects, quarantined, messages }));
    messages = [];
    return;
  }
  if (method === "GET") return getObject(request, response);
  const body = await buffer(request);
  if (headers["x-amz-target"] === "AmazonSQS.SendMessage") {
    messages.push((JSON.parse(body.toString()) as { MessageBody: string }).MessageBody);
    response.end(JSON.stringify({ MessageId: String(messages.length), MD5OfMessageBody: "" }));
  } else if (url!.includes("/_bulk")) {
    const items = documents.take(body).map((status) => `{"create":{"status":${status}}}`);
    response.end(`{"items":[${items.join(",")}]}`);
  } else {
    if (method === "PUT") quarantined++;
    response.end();
  }
}

const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.stdin.on("end", () => process.exit()).resume();
