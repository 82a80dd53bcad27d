import * as fc from "fast-check";
import { ApiError } from "../../../search/api-error";
import { ForeignError, type SetupItem, type SetupPart, UnavailableError, UnmetError } from "../../../search/setup/item";
import { setupExitCode, setupReport } from "../../../search/setup/report";
import { setUp } from "../../../search/setup/run";

/** Items that are kept in memory. */
function memory(kept: Record<string, unknown>, desired: Record<string, unknown>): SetupPart {
  const items = Object.entries(desired).map(
    ([title, wanted]): SetupItem => ({
      title,
      desired: wanted,
      read: async () => (Object.hasOwn(kept, title) ? { actual: kept[title], desired: wanted } : undefined),
      write: async () => {
        kept[title] = wanted;
      },
    }),
  );
  return { title: "memory", items: async () => items };
}

const failing = (error: Error): SetupPart => ({ title: "failing", items: () => Promise.reject(error) });

const contents = fc.dictionary(
  fc.constantFrom("a", "b", "c", "d"),
  fc.record({ size: fc.integer({ min: 0, max: 2 }) }),
);

describe("setUp", () => {
  it("changes nothing the second time, and leaves what is there as it should be", async () => {
    await fc.assert(
      fc.asyncProperty(contents, contents, async (before, desired) => {
        const kept: Record<string, unknown> = { ...before };
        const planned = await setUp([memory(kept, desired)], false);
        expect(kept).toEqual(before);
        expect(await setUp([memory(kept, desired)], true)).toEqual(planned);
        expect(kept).toEqual({ ...before, ...desired });
        const again = await setUp([memory(kept, desired)], true);
        expect(again.every(({ outcome }) => outcome === "unchanged")).toBe(true);
      }),
    );
  });

  it("says once why a part's items and warnings fail alike", async () => {
    const down = () => Promise.reject(new ApiError("the engine does not answer", undefined));
    const part = memory({}, { a: { x: 1 } });
    const [item] = await part.items();
    const failing = { ...part, items: async () => [{ ...item!, read: down }], warnings: down };
    expect(await setUp([failing], true)).toEqual([
      { title: "a", outcome: "failed", lines: ["the engine does not answer"] },
    ]);
  });

  it("does the other parts and items when one fails, and reports all", async () => {
    const kept = {};
    const part = memory(kept, { a: { x: 1 }, b: { x: 2 } });
    const [first] = await part.items();
    Object.assign(first!, { write: () => Promise.reject(new ApiError("PUT /a: 403.", 403)) });
    const results = await setUp(
      [
        failing(new UnavailableError("no plugin")),
        part,
        failing(new ApiError("late", undefined)),
        failing(new UnmetError("no ISM")),
      ],
      true,
    );
    expect(results.map(({ title, outcome }) => [title, outcome])).toEqual([
      ["failing", "skipped"],
      ["a", "failed"],
      ["b", "created"],
      ["failing", "failed"],
      ["failing", "failed"],
    ]);
    expect(kept).toEqual({ b: { x: 2 } });
  });

  it("neither writes nor compares what is another owner's", async () => {
    const write = jest.fn();
    const read = () => Promise.reject(new ForeignError("theirs"));
    const part = { title: "p", items: async () => [{ title: "a", desired: {}, read, write }] };
    expect(await setUp([part], true)).toEqual([{ title: "a", outcome: "foreign", lines: ["theirs"] }]);
    expect(write).not.toHaveBeenCalled();
  });

  it("passes on a defect of its own", async () => {
    await expect(setUp([failing(new TypeError("x"))], true)).rejects.toThrow(TypeError);
  });
});

const result = (outcome: Parameters<typeof setupExitCode>[0][number]["outcome"], ...lines: string[]) => ({
  title: `the ${outcome} one`,
  outcome,
  lines,
});

describe("the report", () => {
  it("names what would be done where nothing is written", () => {
    const results = [result("created", "+ a: 1"), result("updated", "- a: 1", "+ a: 2"), result("unchanged")];
    expect(setupReport(results, "check").split("\n")).toEqual([
      "missing    the created one",
      "           + a: 1",
      "differs    the updated one",
      "           - a: 1",
      "           + a: 2",
      "unchanged  the unchanged one",
    ]);
    expect(setupReport(results, "write")).toContain("created    the created one");
  });

  it("says once why several things fail for one reason, and of each that it failed", () => {
    const results = [
      result("failed", "down"),
      result("failed", "down"),
      result("failed", "403"),
      result("skipped", "down"),
    ];
    expect(setupReport(results, "write").split("\n")).toEqual([
      "failed   the failed one",
      "failed   the failed one",
      "         down",
      "failed   the failed one",
      "         403",
      "skipped  the skipped one",
      "         down",
    ]);
  });

  it.each([
    [[], 0, 0, 0],
    [["unchanged", "skipped", "warning"], 0, 0, 0],
    [["created"], 0, 1, 0],
    [["updated"], 0, 1, 0],
    [["foreign"], 1, 1, 1],
    [["failed"], 1, 1, 1],
  ] as const)(
    "gives %p the exit codes %d after setup, %d after a check and %d after a dry run",
    (outcomes, ...codes) => {
      const results = outcomes.map((outcome) => result(outcome));
      expect((["write", "check", "dry run"] as const).map((mode) => setupExitCode(results, mode))).toEqual(codes);
    },
  );
});
