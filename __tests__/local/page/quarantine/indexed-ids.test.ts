import { IndexedIds } from "../../../../local/page/quarantine/indexed-ids";
import type { ReasonTally } from "../../../../local/page/quarantine/tallies";
import { type HttpServer, startServer } from "../../../support/http-server";
import { wholeAnswer } from "../../../support/search-answer";

const tally = (...ids: string[]): ReasonTally => ({
  ...{ reason: { id: "r", text: "r" }, origin: "foo", isUnreadable: false, entries: ids.length, events: ids.length },
  ...{ latest: undefined, from: undefined, to: undefined, ids, found: [] },
});

const idsIn = (body: Buffer) =>
  (JSON.parse(body.toString()) as { query: { ids: { values: string[] } } }).query.ids.values;

describe("IndexedIds", () => {
  let engine: HttpServer;
  let indexed: ReadonlySet<string>;
  /** Of each. */
  let copies: number;
  beforeAll(async () => {
    engine = await startServer(({ body }, response) => {
      const hits = idsIn(body)
        .filter((id) => indexed.has(id))
        .flatMap((_id) => Array(copies).fill({ _index: "i", _id }));
      response.end(JSON.stringify({ ...wholeAnswer(), hits: { hits } }));
    });
  });
  afterAll(() => engine.stop());
  beforeEach(() => {
    engine.requests.length = 0;
    [indexed, copies] = [new Set(), 1];
  });
  const location = () => ({ endpoint: engine.origin, indexPattern: "cwl-*" });

  it("looks for all, some at a time and once a second, and begins again", async () => {
    let now = 0;
    const ids = new IndexedIds(() => now);
    const many = Array.from({ length: 1_500 }, (_, n) => `id-${n}`);
    const [first, second] = [tally("a", "b"), tally(...many)];
    indexed = new Set(["b", "id-1499"]);
    for (let round = 0; round < 5; round++) await ids.look(location(), [first, second]);
    expect(engine.requests).toHaveLength(1);
    expect(first.found).toEqual([false, true]);
    expect(second.found).toHaveLength(998);
    now += 1_000;
    await ids.look(location(), [first, second]);
    expect([second.found.length, second.found[1_499]]).toEqual([1_500, true]);
    indexed = new Set(["a"]);
    now += 1_000;
    await ids.look(location(), [first, second]);
    expect(first.found).toEqual([true, false]);
    expect(engine.requests.map(({ body }) => idsIn(body).length)).toEqual([1_000, 502, 1_000]);
  });

  it("calls no event missing whose place copies of others may have taken", async () => {
    const ids = new IndexedIds(() => 0);
    const some = tally("a", "b");
    indexed = new Set(["a"]);
    copies = 10_000;
    await ids.look(location(), [some]);
    expect(some.found).toEqual([true]);
  });

  it("asks nothing without ids, and only one question at a time", async () => {
    let now = 0;
    const ids = new IndexedIds(() => now);
    await ids.look(location(), [tally()]);
    expect(engine.requests).toEqual([]);
    now += 1_000;
    const some = tally("a");
    const first = ids.look(location(), [some]);
    now += 1_000;
    await Promise.all([first, ids.look(location(), [some])]);
    expect(engine.requests).toHaveLength(1);
  });

  it("keeps what it knows when the engine does not answer", async () => {
    const some = tally("a");
    await expect(
      new IndexedIds().look({ endpoint: "http://127.0.0.1:1", indexPattern: "i" }, [some]),
    ).rejects.toThrow();
    expect(some.found).toEqual([]);
  });
});
