import fc from "fast-check";
import { linesIn } from "../../../../core/sinks/opensearch/bulk-request";
import { deliver } from "../../../../core/sinks/opensearch/deliver";
import { bulkItem, bulkItems, bulkRequest, linesOf, prepareDelivery, requestOf } from "../../../support/delivery";
import { events, isPoison, prepareEndings } from "../../../support/poisoned";
import { MAPPING_CONFLICT, QUEUE_FULL } from "../../../support/search-engine";

describe("deliver, rejected documents", () => {
  it("indexes a rejected event as text, with the rejection", async () => {
    const { engine, io, indexed, rejected, asText } = prepareDelivery();
    engine.reject = ({ id, document }) => (id === "1" && !document.text ? MAPPING_CONFLICT : undefined);
    await deliver(bulkRequest(3), io);
    expect(indexed).toEqual([0, 2, 1]);
    expect(asText).toEqual([1]);
    expect(rejected).toEqual([]);
    expect(engine.documents.get("cwl-foo-2026.11.21/1")).toEqual({
      text: true,
      rejection:
        '400 mapper_parsing_exception: failed to parse field [level] of type [long] (For input string: "info")',
    });
  });

  it("rejects an event that the index rejects as text too, with the last rejection", async () => {
    const { engine, io, indexed, rejected } = prepareDelivery();
    engine.reject = ({ id, document }) =>
      id === "1" ? { status: 400, error: { type: document.text ? "as_text" : "as_json", reason: "no" } } : undefined;
    await deliver(bulkRequest(3), io);
    expect(indexed).toEqual([0, 2]);
    expect(rejected).toEqual([[1, "400 as_text: no"]]);
    // No probe: the index has just accepted others.
    expect(engine.sizes).toEqual([3, 1]);
  });

  it("retries an event that is sent as text as text", async () => {
    const { engine, io, indexed, rejected } = prepareDelivery();
    let busy = 1;
    engine.reject = ({ document }) => (document.text ? (busy-- > 0 ? QUEUE_FULL : undefined) : MAPPING_CONFLICT);
    await deliver(bulkRequest(1), io);
    expect(indexed).toEqual([0]);
    expect(rejected).toEqual([]);
    expect(engine.documents.get("cwl-foo-2026.11.21/0")).toMatchObject({ text: true });
  });

  it("sends events as text in requests of a MiB or a little more, so that few are in memory", async () => {
    const { engine, io, indexed } = prepareDelivery();
    engine.reject = ({ document }) => (document.text ? undefined : MAPPING_CONFLICT);
    const written: number[] = [];
    const textLines: typeof io.textLines = (item, rejection) => {
      written.push(engine.requests.length);
      return linesOf(bulkItem(item.position, { text: true, rejection, long: "x".repeat(300_000) }));
    };
    await deliver(bulkRequest(10), { ...io, textLines, bulkMaxBytes: 5 * 1024 * 1024 });
    expect(engine.sizes).toEqual([10, 4, 4, 2]);
    // None is written before the request with those before it is answered.
    expect(written).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3]);
    expect(indexed).toEqual([...Array(10).keys()]);
  });

  it("keeps no text of an event that is pending, only its fields", async () => {
    const { engine, io, indexed, asText } = prepareDelivery();
    let busy = 2;
    engine.reject = ({ document }) => (document.text ? (busy-- > 0 ? QUEUE_FULL : undefined) : MAPPING_CONFLICT);
    await deliver(bulkRequest(3), io);
    expect(asText).toEqual([0, 1, 2, 0, 1]);
    expect(engine.sizes).toEqual([3, 3, 2, 2]);
    expect(indexed.toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
  });

  it("retries some items of a request and sends others as text, each by its own result", async () => {
    const { engine, io, indexed } = prepareDelivery();
    let busy = 1;
    engine.reject = ({ id, document }) => {
      if (id === "0" && busy-- > 0) return QUEUE_FULL;
      return id === "1" && !document.text ? MAPPING_CONFLICT : undefined;
    };
    await deliver(bulkRequest(3), io);
    expect(engine.sizes).toEqual([3, 1, 1]);
    expect(indexed).toEqual([2, 1, 0]);
  });
});

/** OpenSearch's rejection of a document whose new field another request has mapped meanwhile. */
const RACE = {
  status: 400,
  error: { type: "illegal_argument_exception", reason: "mapper [n] cannot be changed from type [long] to [float]" },
};

describe("deliver, a race of mapping updates", () => {
  it("sends a refused event once more with its fields, a moment later", async () => {
    const { engine, clock, io, indexed, asText, failures } = prepareDelivery();
    let races = 1;
    engine.reject = ({ id }) => (id === "1" && races-- > 0 ? RACE : undefined);
    await deliver(bulkRequest(3), io);
    expect([indexed, asText, engine.sizes, clock.waits]).toEqual([[0, 2, 1], [], [3, 1], [500]]);
    expect(engine.documents.get("cwl-foo-2026.11.21/1")).toEqual({ n: 1 });
    expect(failures).toEqual(["1 × 400 illegal_argument_exception"]);
  });

  it("makes an event text that is refused the second time too", async () => {
    const { engine, io, indexed, asText } = prepareDelivery();
    engine.reject = ({ id, document }) => (id === "1" && !document.text ? RACE : undefined);
    await deliver(bulkRequest(3), io);
    expect([indexed, asText, engine.sizes]).toEqual([[0, 2, 1], [1], [3, 1, 1]]);
  });

  it("sends no event more than once more with its fields, and each that is accepted then with its fields", async () => {
    const end = fc.constantFrom("accepted", "race", "refused", "conflict", "busy", "rejected");
    await fc.assert(
      fc.asyncProperty(fc.array(end, { minLength: 1, maxLength: 30 }), async (ends) => {
        const { engine, io, indexed, asText, rejected } = prepareDelivery();
        const sent = ends.map(() => 0);
        engine.reject = ({ id, document }) => {
          const end = ends[Number(id)]!;
          if (end === "rejected") return RACE;
          if (document.text) return undefined;
          const times = sent[Number(id)]!++;
          if (end === "refused" || (end === "race" && times === 0)) return RACE;
          if (end === "busy" && times < 2) return times === 0 ? RACE : QUEUE_FULL;
          return end === "conflict" ? MAPPING_CONFLICT : undefined;
        };
        await deliver(bulkRequest(ends.length), io);
        const numbersOf = (...of: string[]) => ends.flatMap((end, n) => (of.includes(end) ? [n] : []));
        const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b);
        expect(sorted(indexed)).toEqual(numbersOf("accepted", "race", "refused", "conflict", "busy"));
        expect(sorted(asText)).toEqual(numbersOf("refused", "conflict", "rejected"));
        expect(sorted(rejected.map(([n]) => n))).toEqual(numbersOf("rejected"));
        const most = { accepted: 1, race: 2, refused: 2, conflict: 1, busy: 3, rejected: 0 };
        expect(sent).toEqual(ends.map((end) => most[end as keyof typeof most]));
      }),
    );
  });
});

describe("deliver, rejected requests", () => {
  it("splits a request that is too large until it is accepted", async () => {
    const { engine, io, indexed } = prepareDelivery();
    engine.maxBodyBytes = 3 * bulkItem(0).end;
    await deliver(bulkRequest(8), io);
    expect(engine.sizes).toEqual([2, 2, 2, 2]);
    expect(indexed).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("rejects the one event that is too large by itself, and indexes its neighbours", async () => {
    const { engine, io, indexed, rejected } = prepareDelivery();
    engine.maxBodyBytes = 1000;
    const items = bulkItems(5);
    items[3] = bulkItem(3, { long: "x".repeat(1000) });
    await deliver(requestOf(items), io);
    expect(indexed).toEqual([0, 1, 2, 4]);
    expect(rejected).toEqual([[3, "the request was rejected: 413"]]);
  });

  it("finds the event for which an engine rejects a whole request with 400, and indexes its neighbours", async () => {
    const { engine, io, indexed, rejected, asText } = prepareDelivery();
    const items = bulkItems(7);
    items[4] = { ...items[4]!, ...linesIn(`${linesOf(items[4]!).split("\n", 1)[0]}\n`) };
    const { textLines } = io;
    io.textLines = (item, rejection) => textLines(item, rejection) && linesOf(item);
    await deliver(requestOf(items), io);
    expect(indexed).toEqual([0, 1, 2, 3, 5, 6]);
    expect(asText).toEqual([4]);
    expect(rejected).toEqual([
      [4, "the request was rejected: 400 illegal_argument_exception: must be terminated by a newline"],
    ]);
    expect(engine.requests.length).toBeLessThan(11);
  });

  it("indexes as text the one event for which an engine rejects the request, with the rejection", async () => {
    const { engine, io, indexed } = prepareDelivery();
    engine.answers.push({ status: 400, body: '{"error":{"type":"illegal_argument_exception","reason":"no"}}' });
    await deliver(bulkRequest(1), io);
    expect(indexed).toEqual([0]);
    expect([...engine.documents.values()]).toEqual([{ text: true, rejection: "400 illegal_argument_exception: no" }]);
  });

  it("retries only the failed items of a split request, when another event was rejected or indexed", async () => {
    const tooLarge = { status: 413, body: "" };
    const busy = { status: 503, body: "" };
    const taken = { status: 200, body: '{"items":[{"create":{"status":201}}]}' };
    const probed = { status: 200, body: '{"items":[{"index":{"status":409}}]}' };
    const first = prepareDelivery();
    first.engine.answers.push(tooLarge, tooLarge, probed, busy);
    await deliver(bulkRequest(2), first.io);
    expect([first.rejected.length, first.indexed, first.engine.sizes]).toEqual([1, [1], [1]]);
    const second = prepareDelivery();
    second.engine.answers.push(tooLarge, tooLarge, taken, taken, busy);
    await deliver(bulkRequest(4), second.io);
    expect([second.indexed, second.engine.sizes]).toEqual([[0, 1, 2, 3], [2]]);
  });

  it("rejects no event because of a 400 that is not an engine's", async () => {
    const { engine, io, rejected } = prepareDelivery();
    engine.answers.push(...Array(99).fill({ status: 400, body: "<html>Bad Request</html>" }));
    await expect(deliver(bulkRequest(7), io)).rejects.toThrow("answered 400 to _bulk. Check that SEARCH_ENDPOINT is");
    // The second one is the probe.
    expect([engine.requests.length, rejected]).toEqual([2, []]);
  });

  it.each([302, 400, 404, 406])(
    "finds the event for whose content a proxy answers %i to each request",
    async (status) => {
      const { io, indexed, asText, rejected } = prepareEndings((request) =>
        isPoison(request) ? { status, body: "<html>" } : undefined,
      );
      await deliver(requestOf(events(30, [17])), io);
      expect([asText, rejected, indexed.length]).toEqual([[17], [], 30]);
    },
  );

  it("retries the half that failed with a retryable error", async () => {
    const { engine, clock, io, indexed } = prepareDelivery();
    engine.answers.push({ status: 413, body: "" }, { status: 503, body: "" });
    await deliver(bulkRequest(4), io);
    expect(engine.sizes).toEqual([2, 2]);
    expect(indexed).toEqual([2, 3, 0, 1]);
    expect(clock.waits).toHaveLength(1);
  });

  it.each([
    [7000, 3000],
    [3000, 7000],
    [undefined, 7000],
    [7000, undefined],
  ])("waits as long as the half that asks for more: %s ms, %s ms", async (first, second) => {
    const { engine, clock, io, indexed } = prepareDelivery();
    const busy = (retryAfterMs?: number) => ({ status: 429, body: "", ...(retryAfterMs && { retryAfterMs }) });
    engine.answers.push({ status: 413, body: "" }, busy(first), busy(second));
    await deliver(bulkRequest(4), io);
    expect(clock.waits).toEqual([7000]);
    expect(indexed).toEqual([0, 1, 2, 3]);
  });

  it("waits as long as one half asks when the other was accepted", async () => {
    const { engine, clock, io } = prepareDelivery();
    const taken = { status: 200, body: '{"items":[{"create":{"status":201}},{"create":{"status":201}}]}' };
    const busy = { status: 429, body: "", retryAfterMs: 7000 };
    engine.answers.push({ status: 413, body: "" }, taken, busy, { status: 413, body: "" }, busy);
    await deliver(bulkRequest(4), io);
    expect(clock.waits).toEqual([7000, 7000]);
  });

  it.each(["0", "3"])("retries an item of either half: %s", async (busyId) => {
    const { engine, io, indexed } = prepareDelivery();
    engine.answers.push({ status: 413, body: "" });
    let busy = 1;
    engine.reject = ({ id }) => (id === busyId && busy-- > 0 ? QUEUE_FULL : undefined);
    await deliver(bulkRequest(4), io);
    expect(engine.sizes).toEqual([2, 2, 1]);
    expect(indexed.sort()).toEqual([0, 1, 2, 3]);
  });
});
