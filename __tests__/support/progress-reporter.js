const { relative, join } = require("node:path");
const PhaseSequencer = require("./phase-sequencer");
const { duration, phaseOf } = require("./phases");

const TESTS = join(__dirname, "..");
const EVERY_MS = 30_000;

/** Measured; see docs/testing.md. */
const ALL_TAKE = "all take about 25 minutes on two cores";

/**
 * Prints what runs and how long it takes, each phase's beginning and end and, without a terminal, the progress every half
 * minute. Jest's own reporter names each file as it ends.
 */
class ProgressReporter {
  /** @param options replace the real print, isTerminal, nowMs and planned */
  constructor(globalConfig, options = {}) {
    this.isWhole = isWhole(globalConfig);
    this.hasNames = Boolean(globalConfig.testNamePattern);
    this.print = options.print ?? ((line) => process.stderr.write(`${line}\n`));
    this.isTerminal = options.isTerminal ?? Boolean(process.stderr.isTTY);
    this.nowMs = options.nowMs ?? (() => performance.now());
    this.planned = options.planned ?? (() => PhaseSequencer.planned);
  }

  onRunStart(results, { estimatedTime }) {
    this.total = results.numTotalTestSuites;
    this.done = {};
    this.running = new Map();
    this.begun = new Set();
    this.startMs = this.nowMs();
    const { files, isTimed } = this.planned();
    const phases = Object.entries(files).map(([phase, count]) => `${phase} ${count}`);
    const what = `${this.total} test ${this.total === 1 ? "file" : "files"}: ${phases.join(", ")}`;
    const isKnown = isTimed && !this.hasNames;
    const time = this.isWhole ? ALL_TAKE : isKnown && `about ${duration(estimatedTime * 1000)}, as before`;
    this.print(time ? `${what}; ${time}` : what);
    if (!this.isTerminal) this.timer = setInterval(() => this.tell(), EVERY_MS).unref();
  }

  onTestFileStart({ path }) {
    const phase = phaseOf(path);
    this.running.set(path, this.nowMs());
    if (this.begun.has(phase)) return;
    this.begun.add(phase);
    this.print(`${phase}: begins after ${this.elapsed()}`);
  }

  onTestFileResult({ path }) {
    const phase = phaseOf(path);
    this.running.delete(path);
    this.done[phase] = (this.done[phase] ?? 0) + 1;
    if (this.done[phase] === this.planned().files[phase]) this.print(`${phase}: done; ${this.far()}`);
  }

  onRunComplete() {
    clearInterval(this.timer);
  }

  tell() {
    const running = [...this.running].map(([path, sinceMs]) => {
      return `${relative(TESTS, path)} for ${duration(this.nowMs() - sinceMs)}`;
    });
    this.print(`${this.far()}; running: ${running.join(", ") || "nothing"}`);
  }

  far() {
    const done = Object.values(this.done).reduce((sum, count) => sum + count, 0);
    return `${done} of ${this.total} test files after ${this.elapsed()}`;
  }

  elapsed() {
    return duration(this.nowMs() - this.startMs);
  }
}

/** Whether no option and no variable selects tests. */
function isWhole({ filter, testPathPatterns, testNamePattern, onlyChanged, findRelatedTests, shard }) {
  const isFiltered = filter || testPathPatterns?.isSet() || testNamePattern || onlyChanged || findRelatedTests || shard;
  return !isFiltered && !process.env.SKIP_INTEGRATION && !process.env.ENGINES;
}

module.exports = ProgressReporter;
