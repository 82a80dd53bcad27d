import { createHash } from "node:crypto";

/**
 * The name of a lane's resources: `<name>_<slug>`, at most 24 + 1 + 39 characters, the limit of Lambda (Lambda API Reference,
 * CreateFunction: FunctionName).
 *
 * The slug is the log group's name where Lambda allows it, else a shortened name and a hash. Only the second form has a
 * "_", so the two never collide. That of a stream that log groups share is always the first form.
 *
 * @param name of the pipeline
 * @param key the log group, or the shared stream in `streams`
 */
export function laneName(name: string, key: string): string {
  if (/^[A-Za-z0-9-]{1,28}$/.test(key)) return `${name}_${key}`;
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 10);
  return `${name}_${key.replaceAll(/[^A-Za-z0-9-]+/g, "-").slice(0, 28)}_${hash}`;
}
