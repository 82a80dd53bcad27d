import { KERNEL_WASM } from "./wasm-binary";

interface Global<T = number> {
  readonly value: T;
}

/** What assembly/index.ts exports; it tells what each is for. Numbers are addresses in its memory, unless it says otherwise. */
interface Kernel {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  NAMES: Global;
  FRAME: Global;
  ENDS: Global;
  OUT: Global;
  ENVELOPE: Global;
  SLACK: Global;
  ALL_WRITTEN: Global;
  OUT_IS_FULL: Global;
  OTHER_DAY: Global;
  TO_BE_WRITTEN: Global;
  ID_LENGTH: Global;
  from: Global;
  id: Global;
  message: Global;
  time: Global<bigint>;
  start: Global;
  open(end: number, first: number): void;
  day(): number;
  setFrame(length: number, id: number, time: number, day: number): void;
  setTo(at: number): void;
  rewind(): void;
  spliceEvents(): number;
}

/** Node.js has it; its typings do not. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: Kernel };
};

export const kernel = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(KERNEL_WASM, "base64"))).exports;

// Copies: to ask WebAssembly for a value takes longer than to copy a short line.
export const NAMES = kernel.NAMES.value;
export const FRAME = kernel.FRAME.value;
export const ENVELOPE = kernel.ENVELOPE.value;
export const SLACK = kernel.SLACK.value;
export const ALL_WRITTEN = kernel.ALL_WRITTEN.value;
export const OUT_IS_FULL = kernel.OUT_IS_FULL.value;
export const OTHER_DAY = kernel.OTHER_DAY.value;
export const TO_BE_WRITTEN = kernel.TO_BE_WRITTEN.value;
export const ID_LENGTH = kernel.ID_LENGTH.value;

/** The kernel's memory, and parts of it: others once it has grown. */
export interface Memory {
  all: Buffer;
  /** Lines are written to its beginning. */
  out: Buffer;
  /** How many events are written, and where in `out` the lines of each end. */
  ends: Uint32Array;
}

function parts(): Memory {
  const { buffer } = kernel.memory;
  const ends = new Uint32Array(buffer, kernel.ENDS.value, (kernel.OUT.value - kernel.ENDS.value) / 4);
  return { all: Buffer.from(buffer), out: Buffer.from(buffer, kernel.OUT.value), ends };
}

let memory = parts();

export const kernelMemory = (): Memory => memory;

const PAGE_BYTES = 65_536;

/** Lets the memory have at least so many bytes. */
export function ensureMemory(bytes: number): void {
  if (bytes <= memory.all.length) return;
  kernel.memory.grow(Math.ceil((bytes - memory.all.length) / PAGE_BYTES));
  memory = parts();
}
