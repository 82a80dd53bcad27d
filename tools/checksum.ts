import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { MachineError } from "./failures/machine-error";

/**
 * Compares a downloaded file with the one that was reviewed.
 *
 * @param sha256 in hexadecimal
 * @throws MachineError when it is another one
 */
export async function verifyChecksum(path: string, sha256: string): Promise<void> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  const found = hash.digest("hex");
  if (found === sha256) return;
  throw new MachineError(
    `${path} was downloaded with SHA-256 ${found} in place of ${sha256}.`,
    "Check the mirror or proxy that this machine downloads from: it serves another file than the one that is pinned.",
    "",
  );
}
