const { writeSync } = require("node:fs");

/** What the run says at last, on stdout; Jest prints its own summary after the reporters. */
let lines;

/** Replaces what was to be said at last. */
function setLastLines(...next) {
  if (lines === undefined) {
    process.once("exit", () => {
      writeSync(process.stdout.fd, `\n${lines.join("\n")}\n`);
    });
  }
  lines = next;
}

module.exports = { setLastLines };
