const Sequencer = require("@jest/test-sequencer").default;
const { setLastLines } = require("./last-lines");
const { PHASES, countByPhase, phaseOf } = require("./phases");

/** Runs phase after phase; within one, what failed or took long the last time comes first, as Jest has it. */
class PhaseSequencer extends Sequencer {
  /** How many files each phase of this run has, and whether the time of each is known: reporters are not told. */
  static planned = { files: {}, isTimed: false };

  constructor(options) {
    super(options);
    // Where no file matches, no reporter is asked. A list of the files is no run.
    const { listTests, collectTests } = options.globalConfig;
    if (!listTests && !collectTests) setLastLines("0 passed, 0 failed");
  }

  sort(tests) {
    const sorted = super.sort(tests);
    const files = countByPhase(tests.map(({ path }) => path));
    PhaseSequencer.planned = { files, isTimed: tests.every(({ duration }) => duration !== undefined) };
    const place = ({ path }) => PHASES.indexOf(phaseOf(path));
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}

module.exports = PhaseSequencer;
