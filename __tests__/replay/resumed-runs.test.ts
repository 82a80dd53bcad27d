import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { RECORD_KINDS } from "../../replay/arguments/kinds";
import { KIND_READERS } from "../../replay/kinds";
import type { Report } from "../../replay/report";
import { reportText } from "../../replay/report-text";
import { type Ending, type Events, ResumedRuns, type WrittenObject } from "../support/resumed-runs";

/** Few, so that objects share some. */
const number = fc.nat({ max: 30 });
const numbers = fc.uniqueArray(number, { maxLength: 8 });
const object: fc.Arbitrary<WrittenObject> = fc.record({
  parts: fc.array(fc.array(number, { minLength: 1, maxLength: 5 }), { maxLength: 4 }),
  end: fc.constantFrom("whole", "whole", "whole", "damaged", "unreadable"),
});
const events: fc.Arbitrary<Events> = fc.record({
  ...{ presentBefore: numbers, rejected: numbers, dropped: numbers, delayed: numbers },
});
const endings = (...by: Ending["by"][]) =>
  fc.array(fc.record({ atRequest: fc.integer({ min: 1, max: 12 }), by: fc.constantFrom(...by) }), { maxLength: 5 });

/** Everything that a report counts, over all runs. */
function counts({ done, failed, skipped, unfinished, notBegun, tally, failedEvents, unfinishedEvents }: Report) {
  const objects = { done, failed: failed.count, skipped: skipped.count, unfinished, notBegun };
  return { objects, ...tally, failedEvents, unfinishedEvents };
}

type Counts = ReturnType<typeof counts>;

function expectToAddUp({ objects, ...of }: Counts, written: number): void {
  expect(Object.values(objects).reduce((sum, n) => sum + n)).toBe(written);
  expect(of.delivered + of.alreadyIndexed + of.rejected + of.dropped + of.failedEvents + of.unfinishedEvents).toBe(
    of.found,
  );
  expect(Math.min(...Object.values(objects), ...Object.values(of))).toBeGreaterThanOrEqual(0);
}

describe.each(RECORD_KINDS.flatMap((kind) => (["endpoint", "stream"] as const).map((to) => [kind, to] as const)))(
  "runs that replay %s to the %s, interrupted and resumed",
  (kind, to) => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "resumed-"));
    });
    afterEach(() => {
      jest.restoreAllMocks();
      rmSync(folder, { recursive: true });
    });

    async function report(runs: ResumedRuns, ending?: Ending) {
      const read = jest.spyOn(KIND_READERS[kind], "read").mockImplementation(runs.read);
      const replayed = await runs.run(ending);
      read.mockRestore();
      return replayed;
    }

    /** What a single run counts, and what the last of several does. */
    async function compared(objects: WrittenObject[], events: Events, each: Ending[]) {
      const inFolder = (name: string) => new ResumedRuns(objects, events, kind, to, mkdtempSync(join(folder, name)));
      const single = counts(await report(inFolder("single")));
      const runs = inFolder("resumed");
      let before: Counts | undefined;
      for (const ending of each) {
        const interrupted = await report(runs, ending);
        const now = counts(interrupted);
        expectToAddUp(now, objects.length);
        expect(reportText(interrupted, runs.args)).not.toMatch(/interrupted|in time/);
        if (ending.by === "killed") before = undefined;
        if (before) expect(now.found).toBeGreaterThanOrEqual(before.found);
        if (before) expect(now.delivered).toBeGreaterThanOrEqual(before.delivered);
        if (ending.by !== "killed") before = now;
      }
      const last = counts(await report(runs));
      expectToAddUp(last, objects.length);
      return { single, last };
    }

    it("count in the end the same as a single run", async () => {
      const cases = fc.asyncProperty(
        ...[fc.array(object, { maxLength: 8 }), events, endings("Ctrl-C")],
        async (objects, events, each) => {
          const { single, last } = await compared(objects, events, each);
          expect(last).toEqual(single);
        },
      );
      await fc.assert(cases, { numRuns: 50 });
    });

    it("count no more events as already indexed than were delivered without a response, however they ended", async () => {
      const cases = fc.asyncProperty(
        ...[fc.array(object, { maxLength: 8 }), events, endings("Ctrl-C", "Ctrl-C twice", "answer lost", "killed")],
        async (objects, events, each) => {
          const { single, last } = await compared(objects, events, each);
          const settled = last.delivered + last.alreadyIndexed;
          expect({ ...last, delivered: settled, alreadyIndexed: 0 }).toEqual({
            ...single,
            delivered: single.delivered + single.alreadyIndexed,
            alreadyIndexed: 0,
          });
          expect(last.alreadyIndexed).toBeGreaterThanOrEqual(single.alreadyIndexed);
        },
      );
      await fc.assert(cases, { numRuns: 50 });
    });
  },
);
