import { ROOT_NAMES } from "../sinks/opensearch/document";
import { kernelMemory, NAMES } from "./wasm";

/**
 * Tells the kernel the names that may collide: for each first byte, in 16 bits, where its names are from `NAMES` on; there each
 * has its length before it, and a zero stands behind the last one.
 */
export function setRootNames(): void {
  const { all } = kernelMemory();
  let to = NAMES + 2 * 256;
  let first = "";
  for (const name of [...ROOT_NAMES].sort()) {
    if (name[0] !== first) {
      first = name[0]!;
      to++;
      all.writeUInt16LE(to - NAMES, NAMES + 2 * name.charCodeAt(0));
    }
    all[to++] = name.length;
    to += all.write(name, to);
  }
}
