const Sequencer = require("@jest/test-sequencer").default;
const { PHASES, countByPhase, phaseOf } = require("./phases");

/** Runs phase after phase; within one, what failed or took long the last time comes first, as Jest has it. */
class PhaseSequencer extends Sequencer {
  /** Of the run that begins: reporters are not told of its files beforehand. */
  static planned = {};

  sort(tests) {
    PhaseSequencer.planned = countByPhase(tests.map(({ path }) => path));
    const place = ({ path }) => PHASES.indexOf(phaseOf(path));
    return super.sort(tests).toSorted((a, b) => place(a) - place(b));
  }
}

module.exports = PhaseSequencer;
