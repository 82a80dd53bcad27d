import { gzipSync } from "node:zlib";

/** Maximum size of an inflated record in the model, in bytes. */
export const RECORD_MAX_BYTES = 64 * 1024;

const BOMB = gzipSync(Buffer.alloc(RECORD_MAX_BYTES + 1, "x"));

/** Records that nothing can read; `name` makes each one different. */
export const POISONS = {
  "corrupt gzip": (name: string) => {
    const data = gzipSync(name);
    data[data.length - 8]! ^= 0xff;
    return data;
  },
  "cut gzip": (name: string) => gzipSync(name).subarray(0, -5),
  bomb: (name: string) => Buffer.concat([gzipSync(name), BOMB]),
  KPL: (name: string) => Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), Buffer.from(name)]),
  binary: (name: string) => Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(name)]),
};
