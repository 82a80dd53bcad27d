const Sequencer = require("@jest/test-sequencer").default;
const { setLastLines } = require("./last-lines");
const { PHASES, countByPhase, phaseOf } = require("./phases");

/** Runs phase after phase. Within a phase Jest's own order applies: the last run's failures first, then the slowest files. */
class PhaseSequencer extends Sequencer {
  /** The number of files of each phase of this run, and whether Jest knows how long each took. Jest does not tell reporters. */
  static planned = { files: {}, isTimed: false };

  constructor(options) {
    super(options);
    // Jest calls no reporter if no file matches. A list of the files is not a run.
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
