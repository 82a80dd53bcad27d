const { writeSync } = require("node:fs");

/** Ends the run with one line that counts, so that the result can be read off the last line. */
class SummaryReporter {
  onRunComplete(_contexts, results) {
    const failedToRun = results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const parts = [`${results.numPassedTests} passed`, `${results.numFailedTests + failedToRun} failed`];
    if (skipped > 0) parts.push(`${skipped} skipped`);
    const leftOut = "SKIP_INTEGRATION is set: the tests in __tests__/integration were left out.\n";
    // Jest prints its own summary after the reporters.
    process.once("exit", () => {
      writeSync(process.stdout.fd, `\n${process.env.SKIP_INTEGRATION ? leftOut : ""}${parts.join(", ")}\n`);
    });
  }
}

module.exports = SummaryReporter;
