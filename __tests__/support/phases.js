const { join, relative, sep } = require("node:path");

const TESTS = join(__dirname, "..");

/** What runs one after the other, quick ones first, by the folders of __tests__ that make it; all others are unit tests. */
const FOLDERS = {
  unit: [],
  terraform: ["terraform", "registry"],
  packaging: ["packaging"],
  integration: ["integration"],
};

const PHASES = Object.keys(FOLDERS);

function phaseOf(path) {
  const [folder] = relative(TESTS, path).split(sep);
  return PHASES.find((phase) => FOLDERS[phase].includes(folder)) ?? "unit";
}

/** How many test files each phase has; phases without any are left out. */
function countByPhase(paths) {
  const counts = PHASES.map((phase) => [phase, paths.filter((path) => phaseOf(path) === phase).length]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** 75_000 → "1 min 15 s" */
function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

module.exports = { PHASES, phaseOf, countByPhase, duration };
