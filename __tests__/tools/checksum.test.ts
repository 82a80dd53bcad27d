import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyChecksum } from "../../tools/checksum";
import { MachineError } from "../../tools/failures/machine-error";

describe("verifyChecksum", () => {
  const folder = mkdtempSync(join(tmpdir(), "checksum-"));
  const file = join(folder, "engine.zip");
  const content = Buffer.alloc(100_000, "content");
  beforeAll(() => writeFileSync(file, content));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("accepts the file that was pinned", async () => {
    await verifyChecksum(file, createHash("sha256").update(content).digest("hex"));
  });

  it("rejects any other, and says both hashes and what to check", async () => {
    const pinned = "0".repeat(64);
    const verified = verifyChecksum(file, pinned);
    await expect(verified).rejects.toThrow(MachineError);
    await expect(verified).rejects.toThrow(new RegExp(`with SHA-256 [0-9a-f]{64} in place of ${pinned}`));
  });
});
