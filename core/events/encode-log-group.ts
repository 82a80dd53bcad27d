import { createHash } from "node:crypto";

/** Names that need no encoding: legal in an index name and in an S3 key, and never ".", "..", or a leading "-", "_". */
const CLEAN = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const SLUG_LENGTH = 80;
const HASH_LENGTH = 16;

/** What `encodeLogGroup` returns. */
export const ENCODED_LOG_GROUP = /^([a-z0-9][a-z0-9._-]{0,99}|[a-z0-9][a-z0-9-]{0,79}~[0-9a-f]{16})$/;

/**
 * Encodes a log group's name for index names and S3 keys: at most 100 characters of `a-z 0-9 . _ - ~`.
 *
 * A name that is legal in both stays unchanged. Every other one becomes a readable slug, `~`, and 16 hex digits
 * of the name's SHA-256: `/aws/lambda/Thumbs` → `aws-lambda-thumbs~…`. A clean name has no `~`, so no two log groups
 * share an encoding.
 *
 * Sources: OpenSearch "Create index" (naming restrictions, 255 bytes), Amazon S3 "Naming Amazon S3 objects" (1,024
 * bytes), CloudWatch Logs "CreateLogGroup" (up to 512 characters).
 */
export function encodeLogGroup(logGroup: string): string {
  if (last?.logGroup !== logGroup) last = { logGroup, encoded: encoded(logGroup) };
  return last.encoded;
}

/** Most records of a batch are of one log group, and hashing its name takes longer than copying an event. */
let last: { logGroup: string; encoded: string } | undefined;

function encoded(logGroup: string): string {
  if (CLEAN.test(logGroup)) return logGroup;
  const slug = logGroup
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, SLUG_LENGTH)
    .replace(/^-|-$/g, "");
  const hash = createHash("sha256").update(logGroup).digest("hex").slice(0, HASH_LENGTH);
  return `${slug || "x"}~${hash}`;
}
