import type { ProgramWriter } from "./program-writer";

/** 2^64 divided by the golden ratio: assembly/objects/find-name.ts. */
const HASH_FACTOR = 0x9e3779b97f4a7c15n;

/** Names, and the addresses of what they are of, each of which begins with the address and the length of its name. */
type NamedEntries = readonly (readonly [name: string, address: number])[];

/**
 * Writes a hash table of names, in the form that assembly/objects/find-name.ts documents.
 *
 * @returns the address of its slots, and the bits of their number
 */
export function nameTable(entries: NamedEntries, writer: ProgramWriter): readonly [slots: number, bits: number] {
  // At least half of the slots are empty.
  const bits = Math.ceil(Math.log2(2 * entries.length + 2));
  const slots: number[] = new Array(2 ** bits).fill(0);
  for (const [name, address] of entries) {
    let slot = slotOf(name, bits);
    while (slots[slot] !== 0) slot = (slot + 1) % slots.length;
    slots[slot] = address;
  }
  return [writer.words(slots), bits];
}

/** By the last eight bytes of a name, and its length. */
function slotOf(name: string, bits: number): number {
  let tail = 0n;
  for (const byte of Buffer.from(name).subarray(-8).reverse()) tail = (tail << 8n) | BigInt(byte);
  return Number(BigInt.asUintN(64, (tail ^ BigInt(name.length)) * HASH_FACTOR) >> BigInt(64 - bits));
}
