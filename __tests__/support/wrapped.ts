import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { aggregated } from "../../soak/traffic/aggregated";

/** What a relay or a producer library may make of a record, by the wrapper's name. */
export const WRAPPERS = {
  gzip: (data: Buffer): Buffer => gzipSync(data),
  zlib: (data: Buffer): Buffer => deflateSync(data),
  aggregate: (data: Buffer): Buffer => aggregated([data]),
  base64: (data: Buffer): Buffer => Buffer.from(data.toString("base64")),
  "base64url without padding": (data: Buffer): Buffer => Buffer.from(data.toString("base64url")),
  "a line of base64": (data: Buffer): Buffer => Buffer.from(`${data.toString("base64")}\r\n`),
  "Lambda's event": (data: Buffer): Buffer =>
    Buffer.from(JSON.stringify({ awslogs: { data: data.toString("base64") } })),
} as const;

/** Up to `max` wrappers, the outermost last. */
export const wrappers = (max: number) =>
  fc.array(fc.constantFrom(...(Object.keys(WRAPPERS) as (keyof typeof WRAPPERS)[])), { maxLength: max });

/** Wraps data by each wrapper in turn. */
export function wrap(data: Buffer, names: readonly (keyof typeof WRAPPERS)[]): Buffer {
  return names.reduce((inner, name) => WRAPPERS[name](inner), data);
}
