import { randomFillSync } from "node:crypto";

/** How many ids are drawn at once: it takes longer to ask for random bytes than to write them. */
const IDS = 256;

const ID_BYTES = 16;
const ID_LENGTH = 36;

/** Where in an id its bytes are. Source: RFC 9562, "UUID Format". */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

const DIGITS = Buffer.from("0123456789abcdef");

const bytes = Buffer.alloc(IDS * ID_BYTES);
const characters = Buffer.alloc(IDS * ID_LENGTH, "-");
let text = "";
let next = 0;

/**
 * Returns an id of a line: a random UUID, which nobody can guess. As `crypto.randomUUID()`, whose texts of many parts take several times
 * as long to be written.
 */
export function lineId(): string {
  if (next >= text.length) draw();
  const id = text.slice(next, next + ID_LENGTH);
  next += ID_LENGTH;
  return id;
}

function draw(): void {
  randomFillSync(bytes);
  for (let id = 0; id < IDS; id++) {
    const from = id * ID_BYTES;
    // Version 4, and the variant of RFC 9562.
    bytes[from + 6] = (bytes[from + 6]! & 0x0f) | 0x40;
    bytes[from + 8] = (bytes[from + 8]! & 0x3f) | 0x80;
    for (let i = 0; i < ID_BYTES; i++) {
      const at = id * ID_LENGTH + PLACES[i]!;
      characters[at] = DIGITS[bytes[from + i]! >> 4]!;
      characters[at + 1] = DIGITS[bytes[from + i]! & 0x0f]!;
    }
  }
  text = characters.toString("latin1");
  next = 0;
}
