const Sequencer = require("@jest/test-sequencer").default;
const { setLastLines } = require("./last-lines");
const { PHASES, SIDE_BY_SIDE, countByPhase, phaseOf, placeAmongLongest } = require("./phases");

/**
 * Runs phase after phase, the last two side by side. Within a phase Jest's own order applies: the last run's failures first, then the slowest files. Where
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
    const place = ({ path }) => (isTimed ? 0 : placeAmongLongest(path));
    const ordered = sorted.toSorted((a, b) => place(a) - place(b));
    const of = (phase) => ordered.filter(({ path }) => phaseOf(path) === phase);
    const oneByOne = PHASES.filter((phase) => !SIDE_BY_SIDE.includes(phase)).flatMap(of);
    return [...oneByOne, ...inTurn(SIDE_BY_SIDE.map(of))];
  }
}

/** One of each list, and again, until all have ended. */
function inTurn(lists) {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}

module.exports = PhaseSequencer;
