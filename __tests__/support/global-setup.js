const { execFileSync } = require("node:child_process");
const { join } = require("node:path");
const { temporaryDirectory } = require("../../tools/processes/temporary-directory");
const { setLastLines } = require("./last-lines");
const { duration } = require("./phases");

const ROOT = join(__dirname, "..", "..");

/** Builds the functions and commands once, so that every test sees the artefact of the current sources. */
module.exports = async () => {
  // Stands until the tests have a result.
  setLastLines("0 passed, 1 failed");
  checkCorpus();
  process.stderr.write("build: the functions' zips, and commands\n");
  const startMs = performance.now();
  execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });
  buildCommands();
  process.stderr.write(`build: done after ${duration(performance.now() - startMs)}\n`);
  // For what its test files share; the workers inherit the variable.
  process.env.TEST_RUN_DIRECTORY = (await temporaryDirectory()).path;
};

/** Builds replay, audit and search as one file of JavaScript each, dist/commands/<name>.js, which starts quicker than by tsx. */
function buildCommands() {
  const entryPoints = ["replay", "audit", "search"].map((name) => `${name}=${name}/main.ts`);
  const options = ["--bundle", "--platform=node", "--outdir=dist/commands", "--log-level=warning"];
  execFileSync(join(ROOT, "node_modules/.bin/esbuild"), [...entryPoints, ...options], { cwd: ROOT, stdio: "inherit" });
}

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
