/** Ends the run with one line that counts, so that the result can be read off the last line. */
class SummaryReporter {
  onRunComplete(_contexts, results) {
    const failedToRun = results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    if (process.env.SKIP_INTEGRATION) {
      console.log("\nSKIP_INTEGRATION is set: the tests in __tests__/integration were left out.");
    }
    const parts = [`${results.numPassedTests} passed`, `${results.numFailedTests + failedToRun} failed`];
    if (skipped > 0) parts.push(`${skipped} skipped`);
    console.log(parts.join(", "));
  }
}

module.exports = SummaryReporter;
