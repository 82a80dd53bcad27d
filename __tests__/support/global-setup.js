const { execFileSync } = require("node:child_process");
const { join } = require("node:path");
const { setLastLines } = require("./last-lines");
const { duration } = require("./phases");

/** Builds the functions once, so that every test sees the artefact of the current sources. */
module.exports = () => {
  // Stands until the tests have a result.
  setLastLines("0 passed, 1 failed");
  checkCorpus();
  process.stderr.write("build: the functions' zips\n");
  const startMs = performance.now();
  execFileSync("npm", ["run", "--silent", "build"], { cwd: join(__dirname, "..", ".."), stdio: "inherit" });
  process.stderr.write(`build: done after ${duration(performance.now() - startMs)}\n`);
};

/** Ends the run with one sentence, before each test that reads CORPUS_DIR fails. */
function checkCorpus() {
  try {
    const logs = require("../../tools/corpus-dir").realLogs();
    if (logs === undefined) return;
    const lines = logs.files.reduce((sum, file) => sum + file.lines.length, 0);
    const notes = logs.notes.map((note) => `\n  ${note}`).join("");
    process.stderr.write(`CORPUS_DIR=${logs.folder}: ${lines} lines of ${logs.files.length} files${notes}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
