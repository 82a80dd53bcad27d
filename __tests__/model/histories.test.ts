import fc from "fast-check";
import { SEARCH_FAULTS, STORAGE_FAULTS } from "./faults";
import { histories } from "./histories";
import { TRANSIENT_ERRORS } from "./history";
import { TOXIC } from "./index-troubles";
import { happen, type Step } from "./world";

describe("the histories", () => {
  const steps: Step[] = [];
  const reached = (condition: (step: Step) => boolean) => steps.filter(condition).length;

  beforeAll(async () => {
    for (const history of fc.sample(histories, { numRuns: 300, seed: 1 })) steps.push(...(await happen(history)));
  });

  it("meet every fault of the search engine, of its index and of S3", () => {
    const faults = [
      ...Object.keys(SEARCH_FAULTS).map((name) => `search: ${name}`),
      ...Object.keys(STORAGE_FAULTS).map((name) => `S3: ${name}`),
      ...[...Object.keys(TRANSIENT_ERRORS), TOXIC, "circuit breaks", "refused"],
    ];
    const met = new Set(steps.flatMap((step) => step.met));
    expect(faults.filter((fault) => !met.has(fault))).toEqual([]);
  });

  it("have invocations that end in every way, and batches that are retried, bisected and partly acknowledged", () => {
    for (const fate of ["killed", "stopped", "stalled", "answer lost", "poller lost"]) {
      expect(reached((step) => step.fate === fate)).toBeGreaterThan(10);
    }
    expect(reached(({ functionError, fate }) => functionError && fate === "none")).toBeGreaterThan(10);
    expect(reached(({ acknowledged, given }) => acknowledged > 0 && acknowledged < given.length)).toBeGreaterThan(10);
    expect(reached(({ acknowledged, functionError }) => acknowledged === 0 && !functionError)).toBeGreaterThan(10);
    const bisected = steps.filter((step, i) => {
      const before = steps[i - 1];
      return before?.functionError && step.given[0] === before.given[0] && step.given.length < before.given.length;
    });
    expect(bisected.length).toBeGreaterThan(10);
  });
});
