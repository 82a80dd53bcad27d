import { join, relative } from "node:path";
import { buildNodeLogger } from "./node-logger";

const ROOT = join(__dirname, "..");

console.log(relative(ROOT, buildNodeLogger(join(ROOT, "dist/packages/node-logger"))));
