import type { FindObjects } from "../sources/s3/value-splitter";
import { linesWasm } from "./lines-wasm";

/** How many bytes are in the encoder's memory at a time, and how many places. */
const MAX_BYTES = 1024 * 1024;
const MAX_PLACES = 16 * 1024;

/** Of an object: its start and its end, 32 bits each. */
const PLACE_BYTES = 8;

/** Finds objects in an array, 64 bytes at a time. */
export const findArrayObjects: FindObjects = (bytes, at) => {
  const wasm = linesWasm();
  const first = wasm.LINES + PLACE_BYTES * MAX_PLACES;
  const length = Math.min(bytes.length - at, MAX_BYTES);
  wasm.ensureMemory(first + length + wasm.SLACK);
  const { all } = wasm.memory;
  bytes.copy(all, first, at, at + length);
  const count = wasm.exports.findObjects(first - at, first, first + length, wasm.LINES, MAX_PLACES);
  // A copy: the memory is overwritten as soon as anything else is asked of the encoder.
  return new Uint32Array(all.buffer, wasm.LINES, 2 * count).slice();
};
