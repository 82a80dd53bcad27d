import { join, relative } from "node:path";
import { buildCommands } from "./commands";
import { buildNodeLogger } from "./node-logger";

const ROOT = join(__dirname, "..");

const tarballs = [
  buildNodeLogger(join(ROOT, "dist/packages/node-logger")),
  buildCommands(join(ROOT, "dist/packages/commands")),
];
for (const tarball of tarballs) console.log(relative(ROOT, tarball));
