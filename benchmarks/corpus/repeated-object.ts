import { gzipSync } from "node:zlib";
import { Random } from "../../tools/random";
import { sampleLines } from "../../tools/sample-logs";
import { hex } from "../../tools/sample-logs/values";

/** The requests of so many clients: that many alike make gzip as small as load balancers' logs are, an eighth. */
const REQUESTS = 63;

/** What differs from request to request: the trace's id, and the connection's. */
const IDS = /(?<=Root=1-)[0-9a-f]{8}|(?<=-)[0-9a-f]{24}|(?<=TID_)[0-9a-f]{32}/g;

/** One gzip member of an Application Load Balancer's lines, the same each time. */
export function gzipMember(lines: number, seed = 1): Buffer {
  const random = new Random(seed);
  const requests = sampleLines("ALB access log", REQUESTS, seed);
  const written = Array.from({ length: lines }, () =>
    random.pick(requests).replace(IDS, (id) => hex(random, id.length)),
  );
  return gzipSync(`${written.join("\n")}\n`);
}

/** Where an object's bytes are that consists of one member, again and again. */
export interface RepeatedObject {
  readonly member: Buffer;
  readonly times: number;
}

/** Bytes from `from` on, without a copy of them in memory. */
export function* repeatedBytes({ member, times }: RepeatedObject, from = 0): Generator<Buffer> {
  for (let n = Math.floor(from / member.length); n < times; n++) {
    yield n * member.length < from ? member.subarray(from % member.length) : member;
  }
}
