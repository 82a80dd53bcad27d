import { OBJECT_NAMES } from "../settings/object-names";
import { ROOT_NAMES } from "../sinks/opensearch/document";
import type { WasmEncoder } from "./wasm-encoder";

/** Beside the length of a name that only objects have at the root. */
const OBJECT_BIT = 0x80;

/** Writes the root names that may collide into the encoder's memory, in the form that assembly/keys.ts documents. */
export function setReservedNames({ memory: { all }, RESERVED_NAMES }: WasmEncoder): void {
  let to = RESERVED_NAMES + 2 * 256;
  let first = "";
  for (const name of [...ROOT_NAMES, ...OBJECT_NAMES].sort()) {
    if (name[0] !== first) {
      first = name[0]!;
      to++;
      all.writeUInt16LE(to - RESERVED_NAMES, RESERVED_NAMES + 2 * name.charCodeAt(0));
    }
    all[to++] = name.length + (OBJECT_NAMES.includes(name) ? OBJECT_BIT : 0);
    to += all.write(name, to);
  }
}
