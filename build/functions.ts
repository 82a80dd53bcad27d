import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { bundle } from "./bundle";

const ROOT = join(__dirname, "..");
const FUNCTIONS = join(ROOT, "functions");
const OUTPUT = join(ROOT, "dist", "functions");

/** The local time that every zip's DOS date field starts at; built from local parts, so it is the same in any time zone. */
const MTIME = new Date(1980, 0, 1);

/** Zips the bundle; fflate deflates in JavaScript, so the bytes do not depend on the machine's zlib. */
function zip(bundled: Uint8Array): Uint8Array {
  const unixRegularFile644 = 0o100644 << 16;
  return zipSync({ "index.js": [bundled, { level: 9, mtime: MTIME, os: 3, attrs: unixRegularFile644 }] });
}

mkdirSync(OUTPUT, { recursive: true });
for (const name of readdirSync(FUNCTIONS)) {
  if (existsSync(join(FUNCTIONS, name, "index.ts"))) {
    writeFileSync(join(OUTPUT, `${name}.zip`), zip(bundle(name).contents));
  }
}
