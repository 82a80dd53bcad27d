const { setLastLines } = require("./last-lines");
const { duration } = require("./phases");

/** Ends the run with one line that counts, so that the result can be read off the last line. */
class SummaryReporter {
  constructor(globalConfig) {
    this.isFiltered = Boolean(globalConfig.testNamePattern);
  }

  onRunComplete(_contexts, results) {
    const lines = summaryLines(results, {
      isFiltered: this.isFiltered,
      isWithoutIntegration: Boolean(process.env.SKIP_INTEGRATION),
      tookMs: performance.now(),
    });
    setLastLines(...lines);
  }
}

/**
 * What skipped tests need, which tests were left out, the time, and on the last line the counts.
 *
 * @param options isFiltered: the run selects tests by name; tookMs: includes the build
 */
function summaryLines(results, { isFiltered, isWithoutIntegration, tookMs }) {
  const skipped = results.numPendingTests + results.numTodoTests;
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const counts = [`${results.numPassedTests} passed`, `${failed} failed`];
  if (skipped > 0) counts.push(`${skipped} skipped`);
  return [
    ...(skipped > 0 ? [`${skipped} skipped: ${reasons(results, isFiltered)}`] : []),
    ...(isWithoutIntegration ? ["SKIP_INTEGRATION is set: the tests in __tests__/integration were left out."] : []),
    `Took ${duration(tookMs)} in all.`,
    counts.join(", "),
  ];
}

/** @returns "ENGINES=all (8), npm run module:tools (3)", the most frequent one first */
function reasons({ testResults }, isFiltered) {
  const counts = new Map();
  for (const { status, fullName } of testResults.flatMap((file) => file.testResults)) {
    if (!SKIPPED.includes(status)) continue;
    // Put there by skippedUnless.
    const marked = /\[skipped: (.*?)\]/.exec(fullName)?.[1];
    const reason = marked ?? (isFiltered ? "not selected by name" : `no reason given: ${fullName}`);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const rows = [...counts].sort(([, a], [, b]) => b - a);
  return rows.map(([reason, count]) => `${reason} (${count})`).join(", ");
}

const SKIPPED = ["pending", "skipped", "disabled", "todo"];

module.exports = SummaryReporter;
module.exports.summaryLines = summaryLines;
