const { execFileSync } = require("node:child_process");
const { join } = require("node:path");

/** Builds the functions once, so that every test sees the artefact of the sources at hand. */
module.exports = () => {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: join(__dirname, "..", ".."), stdio: "inherit" });
};
