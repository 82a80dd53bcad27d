import { gzipSync } from "node:zlib";

/** Characters of one gzip member. */
const MEMBER_LENGTH = 1024 * 1024;

/** Gzips a text that is given in pieces, in members of about a MiB, so that it is never in memory as a whole. */
export function gzipPieces(pieces: Iterable<string>): Buffer {
  const members: Buffer[] = [];
  let open = "";
  for (const piece of pieces) {
    open += piece;
    if (open.length < MEMBER_LENGTH) continue;
    members.push(gzipSync(open));
    open = "";
  }
  if (open !== "" || members.length === 0) members.push(gzipSync(open));
  return Buffer.concat(members);
}
