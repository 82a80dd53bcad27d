import fc from "fast-check";
import { timeoutError } from "../../../../core/http/limits";
import { deliver } from "../../../../core/sinks/opensearch/deliver";
import { generator } from "../../../model/generator";
import { bulkItem, requestOf } from "../../../support/delivery";
import {
  ENDINGS,
  events,
  isEventAsText,
  isPoison,
  isProbe,
  prepareEndings,
  RESET,
  type RequestEnd,
} from "../../../support/poisoned";

const numbers = (count: number, except: readonly number[] = []) =>
  [...Array(count).keys()].filter((n) => !except.includes(n));
const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);

describe("an event that makes each of its requests fail", () => {
  it.each(Object.entries(ENDINGS))("is indexed as text, and its neighbours with their fields: %s", async (_, end) => {
    for (const at of [0, 41, 99]) {
      const { io, indexed, asText, rejected } = prepareEndings((request) => (isPoison(request) ? end : undefined));
      await deliver(requestOf(events(100, [at])), io);
      expect(asText).toEqual([at]);
      expect(rejected).toEqual([]);
      expect(sorted(indexed)).toEqual(numbers(100));
    }
  });

  it.each(Object.entries(ENDINGS))("is rejected with the reason if it fails as text too: %s", async (_, end) => {
    const { io, indexed, rejected } = prepareEndings((request) =>
      isPoison(request) || isEventAsText(request) ? end : undefined,
    );
    await deliver(requestOf(events(100, [41])), io);
    expect(rejected).toEqual([[41, expect.stringMatching(/^failed alone: ./)]]);
    expect(sorted(indexed)).toEqual(numbers(100, [41]));
  });

  it("is found within one invocation of the default function among 7,000, even if each request takes all its time", async () => {
    for (const at of [0, 4_321, 6_999]) {
      for (const alsoAsText of [false, true]) {
        const { io, clock, indexed, rejected } = prepareEndings((request) =>
          isPoison(request) || (alsoAsText && isEventAsText(request)) ? "late" : undefined,
        );
        io.retry.random = generator(at);
        await deliver(requestOf(events(7_000, [at])), io);
        expect(indexed.length + rejected.length).toBe(7_000);
        expect(rejected).toHaveLength(alsoAsText ? 1 : 0);
        expect(clock.nowMs).toBeLessThan(90_000);
      }
    }
  });

  it.each([2, 20, 700])(
    "is one of %i among 7,000: all are indexed within the same time, these as text",
    async (count) => {
      const poisoned = numbers(count).map((n) => Math.floor(((n + 0.5) * 7_000) / count));
      const { io, clock, indexed, asText, rejected } = prepareEndings((request) =>
        isPoison(request) ? "late" : undefined,
      );
      io.retry.random = generator(count);
      await deliver(requestOf(events(7_000, poisoned)), io);
      expect(clock.nowMs).toBeLessThan(90_000);
      expect(rejected).toEqual([]);
      expect(sorted(indexed)).toEqual(numbers(7_000));
      expect(asText).toEqual(expect.arrayContaining(poisoned));
    },
  );

  it("gets its result from the engine where that answers for each event, in as many requests for many as for one", async () => {
    const poisoned = [3, 40, 41, 800];
    const { io, engine, indexed, asText, requests } = prepareEndings(() => undefined);
    engine.reject = ({ document }) =>
      document.poison ? { status: 500, error: { type: "null_pointer_exception", reason: "no" } } : undefined;
    await deliver(requestOf(events(1_000, poisoned)), io);
    expect(sorted(asText)).toEqual(poisoned);
    expect(sorted(indexed)).toEqual(numbers(1_000));
    expect(requests.length).toBeLessThan(30);
    expect(engine.documents.get("cwl-foo-2026.11.21/40")).toEqual({
      text: true,
      rejection: "failed alone: 500 null_pointer_exception: no",
    });
  });

  it("comes before those behind it, so that an invocation that is too short for all finishes the first", async () => {
    const { io, engine, asText } = prepareEndings(() => undefined, 5_000);
    const answers = new Map([
      [0, { status: 500, error: { type: "null_pointer_exception", reason: "no" } }],
      // It takes all the time that there is: each try waits for memory to be freed.
      [1, { status: 429, error: { type: "circuit_breaking_exception", reason: "no" } }],
    ]);
    engine.reject = ({ document }) => (document.poison ? answers.get(Number(document.n)) : undefined);
    await deliver(requestOf(events(3, [0, 1])), io);
    expect(asText).toEqual([0]);
  });

  it("is one of any number of them: exactly these are indexed as text", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }).chain((count) => fc.tuple(fc.constant(count), fc.subarray(numbers(count)))),
        fc.constantFrom(...Object.values(ENDINGS)),
        fc.nat(),
        async ([count, poisoned], end, seed) => {
          const ending = (request: Parameters<typeof isPoison>[0]) => (isPoison(request) ? end : undefined);
          const { io, indexed, asText, rejected } = prepareEndings(ending, 3_600_000);
          io.retry.random = generator(seed);
          await deliver(requestOf(events(count, poisoned)), io);
          expect([sorted(asText), rejected]).toEqual([poisoned, []]);
          expect(sorted(indexed)).toEqual(numbers(count));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("an engine that is down for all", () => {
  it.each(Object.entries(ENDINGS))(
    "gets one request, and then nothing but probes, with backoff: %s",
    async (_, end) => {
      const { io, indexed, rejected, asText, clock, requests } = prepareEndings(() => end);
      await deliver(requestOf(events(100, [])), io);
      expect(requests.slice(1).every(isProbe)).toBe(true);
      expect(requests.length - 1).toBe(clock.waits.length);
      expect([indexed, rejected, asText]).toEqual([[], [], []]);
    },
  );

  it("is sent no part of a request right after a failure, but a probe", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 60 }), fc.nat(), async (fails, seed) => {
        const { io, requests } = prepareEndings(() => (fails[requests.length - 1] ? RESET : undefined));
        io.retry.random = generator(seed);
        await deliver(requestOf(events(20, [])), io);
        const isPart = requests.map((request) => request.body.toString().split("\n").length > 3);
        for (const n of isPart.keys()) expect(n > 0 && isPart[n] && fails[n - 1]).toBeFalsy();
      }),
      { numRuns: 200 },
    );
  });
});

describe("an engine that is overloaded or flapping", () => {
  /** Whether the n-th request fails. */
  const patterns: fc.Arbitrary<(n: number) => boolean> = fc.oneof(
    fc.constantFrom(1, 2, 3, 5, 8).map((period) => (n: number) => n % (2 * period) < period),
    fc.constantFrom(2, 3, 7).map((period) => (n: number) => n % period !== 0),
    fc.integer({ min: 0, max: 60 }).map((until) => (n: number) => n < until),
    fc.tuple(fc.nat(), fc.double({ min: 0.05, max: 0.95, noNaN: true })).map(([seed, share]) => {
      const random = generator(seed);
      const drawn: boolean[] = [];
      return (n: number) => {
        while (drawn.length <= n) drawn.push(random() < share);
        return drawn[n]!;
      };
    }),
  );

  it("makes no event text and rejects none, in whatever pattern requests fail", async () => {
    await fc.assert(
      fc.asyncProperty(
        patterns,
        fc.constantFrom(...Object.values(ENDINGS)),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        async (fails, end: RequestEnd, count, seed) => {
          let sent = 0;
          const { io, rejected, asText } = prepareEndings(() => (fails(sent++) ? end : undefined));
          io.retry.random = generator(seed);
          await deliver(requestOf(events(count, [])), io);
          expect([rejected, asText]).toEqual([[], []]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("makes no event text while a circuit breaker opens for more than one at a time", async () => {
    const { io, engine, rejected, asText, indexed } = prepareEndings(() => undefined);
    let inRequest = 0;
    const { send } = io;
    io.send = (request) => {
      inRequest = request.body.toString().split("\n").length >> 1;
      return send(request);
    };
    engine.reject = () =>
      inRequest > 1 ? { status: 429, error: { type: "circuit_breaking_exception", reason: "too large" } } : undefined;
    await deliver(requestOf(events(20, [])), io);
    expect([rejected, asText, sorted(indexed)]).toEqual([[], [], numbers(20)]);
  });

  it.each([
    [429, "rejected_execution_exception"],
    [503, "unavailable_shards_exception"],
    [403, "cluster_block_exception"],
    [500, "engine_exception"],
    [400, "index_closed_exception"],
  ])("never makes an event text for %i %s, though probes are accepted", async (status, type) => {
    const { io, engine, rejected, asText, indexed } = prepareEndings(() => undefined);
    engine.reject = () => ({ status, error: { type } });
    await deliver(requestOf(events(5, [])), io);
    expect([rejected, asText, indexed]).toEqual([[], [], []]);
  });
});

describe("a fault that depends on the size of requests", () => {
  const large = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, n) => bulkItem(n, { n, text: "x".repeat(bytes) }));

  it.each([
    ["resets", RESET],
    ["times out", "late" as const],
    ["is answered by 502", { status: 502, body: "" }],
  ])("makes no event text and rejects none if each larger request %s", async (_, end) => {
    const { io, asText, rejected } = prepareEndings(({ body }) => (body.length > 1_400 ? end : undefined));
    await deliver(requestOf(large(20, 2_000)), io);
    expect([asText, rejected]).toEqual([[], []]);
  });

  it("makes no event text and rejects none on a slow line", async () => {
    const { io, clock, asText, rejected } = prepareEndings(() => undefined);
    io.send = async ({ body, timeoutMs }) => {
      const ms = body.length / 50;
      clock.nowMs += Math.min(ms, timeoutMs);
      if (ms > timeoutMs) throw timeoutError();
      return { status: 200, body: JSON.stringify({ items: [{ index: { status: 409 }, create: { status: 201 } }] }) };
    };
    await deliver(requestOf(large(16, 60_000)), io);
    expect([asText, rejected]).toEqual([[], []]);
  });
});

describe("what an isolation sends", () => {
  it("finds one event among 7,000 in time if each answer takes 150 ms", async () => {
    const { io, clock, indexed } = prepareEndings((request) => {
      clock.nowMs += 140;
      return isPoison(request) ? "late" : undefined;
    });
    io.retry.random = generator(1);
    await deliver(requestOf(events(7_000, [4_321])), io);
    expect(indexed).toHaveLength(7_000);
  });

  it("waits as long as the answer to a probe asks", async () => {
    const busy = { status: 503, body: "", retryAfterMs: 20_000 };
    const { io, clock, requests } = prepareEndings(() => (requests.length === 1 ? RESET : busy));
    await deliver(requestOf(events(5, [])), io);
    expect(clock.waits.slice(1).every((ms) => ms >= 20_000)).toBe(true);
    expect(clock.waits.length).toBeGreaterThan(2);
  });

  it("holds no more than a part of a request as text", async () => {
    const { io, engine, requests, asText } = prepareEndings(() => undefined);
    engine.reject = ({ document }) => (document.text === true ? undefined : { status: 500, error: { type: "x" } });
    await deliver(requestOf(events(5_000, [])), io);
    expect(asText).toHaveLength(5_000);
    for (const { body } of requests.filter(isEventAsText)) expect(body.length).toBeLessThan(512 * 1024);
  });

  it("is no proof where a server does not check the condition of a probe", async () => {
    for (const answer of [
      {
        status: 400,
        error: { type: "x", reason: "only write ops with an op_type of create are allowed in data streams" },
      },
      { status: 403, error: { type: "security_exception" } },
    ]) {
      const { io, engine, asText, rejected } = prepareEndings((request) => (isProbe(request) ? undefined : RESET));
      engine.rejectProbe = () => answer;
      await deliver(requestOf(events(3, [])), io);
      expect([asText, rejected]).toEqual([[], []]);
    }
    const { io, engine } = prepareEndings((request) => (isProbe(request) ? undefined : RESET));
    engine.rejectProbe = () => ({ status: 201 });
    await expect(deliver(requestOf(events(3, [])), io)).rejects.toMatchObject({ code: "UNEXPECTED_RESPONSE" });
  });
});
