const { writeSync } = require("node:fs");

/** The last lines of a run on stdout; Jest prints its own summary after the reporters. */
let lines;

/** Replaces the last lines. */
function setLastLines(...next) {
  if (lines === undefined) {
    process.once("exit", () => {
      writeSync(process.stdout.fd, `\n${lines.join("\n")}\n`);
    });
  }
  lines = next;
}

module.exports = { setLastLines };
