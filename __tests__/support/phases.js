const { existsSync, readFileSync } = require("node:fs");
const { dirname, join, relative, sep } = require("node:path");

const TESTS = join(__dirname, "..");

/**
 * The phases in their order, quick ones first, and the folders of __tests__ that belong to each. In all other folders a
 * test that starts programs belongs to the phase "programs", and any other is a unit test.
 */
const FOLDERS = {
  unit: [],
  programs: ["browser"],
  model: ["model"],
  packaging: ["packaging"],
  terraform: ["terraform", "registry"],
  integration: ["integration"],
};

/** Run side by side, a file of each in turn: Terraform computes, while an integration test mostly waits. */
const SIDE_BY_SIDE = ["terraform", "integration"];

/**
 * The test files that take 40 seconds and more, the slowest first. One that begins when the others end has one core to itself,
 * and leaves the other idle.
 */
const LONGEST = [
  "integration/pipeline",
  "integration/cdktf",
  "integration/faults",
  "check",
  "integration/examples",
  "integration/search-setup",
  "registry/plan",
  "registry/calls",
  "packaging/provider-6",
  "integration/engines-hostile-documents",
  "terraform/security",
  "terraform/rejections",
  "registry/rejections",
  "integration/alarms",
  "integration/start",
  "functions/forwarder/memory",
  "packaging/package",
  "browser/page",
  "integration/java-examples",
  "integration/faults-soak",
  "integration/engines-documents",
  "integration/python-logger",
  "replay/interrupted",
].map((name) => join(TESTS, `${name}.test.ts`));

/** Smaller for a file that takes longer; the same for all that are not among the longest. */
function placeAmongLongest(path) {
  const place = LONGEST.indexOf(path);
  return place < 0 ? LONGEST.length : place;
}

const PHASES = Object.keys(FOLDERS);

function phaseOf(path) {
  const [folder] = relative(TESTS, path).split(sep);
  const phase = PHASES.find((name) => FOLDERS[name].includes(folder));
  return phase ?? (startsPrograms(path) ? "programs" : "unit");
}

/** By file. */
const known = new Map();

/** Whether a test, or a file of __tests__ that it imports, starts programs. */
function startsPrograms(path) {
  if (!known.has(path)) {
    // Ends the recursion for files that import one another.
    known.set(path, false);
    const names = [...sourceOf(path).matchAll(/\bfrom "(.+?)"/g)].map(([, name]) => name);
    const files = names.map((name) => `${join(dirname(path), name)}.ts`).filter((file) => file.startsWith(TESTS + sep));
    known.set(path, names.includes("node:child_process") || files.some(startsPrograms));
  }
  return known.get(path);
}

/** "" for a path without a TypeScript file. */
const sourceOf = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

/** The number of test files of each phase that has any. */
function countByPhase(paths) {
  const counts = PHASES.map((phase) => [phase, paths.filter((path) => phaseOf(path) === phase).length]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** 75_000 → "1 min 15 s" */
function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

module.exports = { LONGEST, PHASES, SIDE_BY_SIDE, phaseOf, placeAmongLongest, countByPhase, duration };
