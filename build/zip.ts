import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";

/** The local time that every zip's DOS date field starts at; built from local parts, so it is the same in any time zone. */
const MTIME = new Date(1980, 0, 1);

/**
 * Returns the deployment package of a bundled function; fflate deflates in JavaScript, so the bytes do not depend on the machine's
 * zlib.
 *
 * @param packages that it requires, by their paths in the zip
 */
export function zip(bundled: Uint8Array, packages: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const unixRegularFile644 = 0o100644 << 16;
  return zipSync({ "index.js": bundled, ...packages }, { level: 9, mtime: MTIME, os: 3, attrs: unixRegularFile644 });
}

/** Writes a function's deployment package to where Terraform and the tests read it, below `root`. */
export function writeZip(root: string, name: string, zipped: Uint8Array): void {
  const path = join(root, "dist", "functions", `${name}.zip`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zipped);
}
