import fc from "fast-check";
import { exportedEvents } from "../../../../local/page/search/export-events";
import { defaultView } from "../../../../local/page/shared/search-view";
import { type FakeEvent, fakeEngineSearch, KNOWN_FIELDS } from "../../../support/fake-engine-search";

async function exported(events: readonly FakeEvent[]) {
  const engine = fakeEngineSearch(events);
  const lines: { _index: string; _id: string }[] = [];
  for await (const line of exportedEvents(engine, KNOWN_FIELDS, defaultView(), Date.now())) {
    expect(line.endsWith("}\n")).toBe(true);
    lines.push(JSON.parse(line));
  }
  return { ids: lines.map(({ _index, _id }) => `${_index}/${_id}`).sort(), bodies: engine.bodies };
}

/** Of few times, indices and numbers, so that many share one: as shards of one index may. */
const crowds = fc.array(
  fc.record({
    _index: fc.constantFrom("a", "b"),
    time: fc.integer({ min: 1, max: 9 }),
    sequence: fc.integer({ min: 0, max: 30 }),
  }),
  { maxLength: 700, size: "max" },
);

describe("exportedEvents", () => {
  it("has each event once, also where shards of an index have events of one time and number", async () => {
    await fc.assert(
      fc.asyncProperty(crowds, async (crowd) => {
        const events = crowd.map((place, n) => ({ ...place, _id: `${n}` }));
        const { ids } = await exported(events);
        expect(ids).toEqual(events.map(({ _index, _id }) => `${_index}/${_id}`).sort());
      }),
      { numRuns: 40 },
    );
  });

  it("asks for fewer events where they are long, and for more where they are short", async () => {
    const events = (count: number, message: string) =>
      Array.from({ length: count }, (_, n) => ({ _index: "a", _id: `${n}`, time: 1, sequence: n, message }));
    const long = await exported(events(130, "x".repeat(200_000)));
    expect(long.bodies.map(({ size }) => size)).toEqual([100, 20, 20]);
    const short = await exported(events(5_200, "x"));
    expect(short.bodies.map(({ size }) => size)).toEqual([100, 5_000, 5_000]);
  });

  it("fails rather than ending early where a shard does not answer", async () => {
    const engine = {
      ask: async () => '{"timed_out":false,"_shards":{"total":2,"successful":1,"failed":0},"hits":{"hits":[]}}',
    };
    await expect(exportedEvents(engine, KNOWN_FIELDS, defaultView(), 1e12).next()).rejects.toThrow(
      "The export is not complete. This is not all: 1 of 2 shards did not answer. Try again.",
    );
  });
});
