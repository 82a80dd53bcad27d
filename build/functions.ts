import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./bundle";
import { writeZip, zip } from "./zip";

const ROOT = join(__dirname, "..");
const FUNCTIONS = join(ROOT, "functions");

for (const name of readdirSync(FUNCTIONS)) {
  if (!existsSync(join(FUNCTIONS, name, "index.ts"))) continue;
  const { contents, packages } = bundle(name);
  writeZip(ROOT, name, zip(contents, packages));
}
