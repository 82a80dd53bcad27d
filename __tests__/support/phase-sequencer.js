const Sequencer = require("@jest/test-sequencer").default;
const { setLastLines } = require("./last-lines");
const { PHASES, countByPhase, phaseOf, placeAmongLongest } = require("./phases");

/**
 * Runs phase after phase. Within a phase Jest's own order applies: the last run's failures first, then the slowest files. Where
 * it knows no times, in a fresh clone, it would take the largest files for the slowest.
 */
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
    const isTimed = tests.every(({ duration }) => duration !== undefined);
    PhaseSequencer.planned = { files, isTimed };
    const phase = ({ path }) => PHASES.indexOf(phaseOf(path));
    const place = ({ path }) => (isTimed ? 0 : placeAmongLongest(path));
    return sorted.toSorted((a, b) => phase(a) - phase(b) || place(a) - place(b));
  }
}

module.exports = PhaseSequencer;
