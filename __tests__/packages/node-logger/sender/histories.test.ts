import fc from "fast-check";
import { Sender } from "../../../../packages/node-logger/src/sender/sender";
import { completeSenderOptions } from "../../../../packages/node-logger/src/sender/sender-options";
import type { LoggerWarning } from "../../../../packages/node-logger/src/sender/warnings";
import { type CallEnd, FakeRecordService } from "../../../support/fake-record-service";

type Step =
  | { do: "log"; lines: number; bytes: number; isPoison: boolean }
  | { do: "wait"; milliseconds: number }
  | { do: "flush"; seconds: number }
  | { do: "set the clock"; to: number };

const CALL_ENDS: CallEnd[] = [
  "ok",
  "partly",
  "throttled",
  "lost",
  "unanswered",
  "hangs",
  "missing",
  "refused",
  "broken",
];

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("log" as const),
    lines: fc.integer({ min: 1, max: 60 }),
    bytes: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 5_000 })),
    isPoison: fc.boolean(),
  }),
  fc.record({ do: fc.constant("wait" as const), milliseconds: fc.integer({ min: 0, max: 30_000 }) }),
  fc.record({ do: fc.constant("flush" as const), seconds: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant("set the clock" as const), to: fc.integer({ min: -1e12, max: 4e12 }) }),
);

const history = fc.record({
  steps: fc.array(step, { maxLength: 30, size: "max" }),
  ends: fc.infiniteStream(
    fc.oneof({ weight: 3, arbitrary: fc.constant<CallEnd>("ok") }, fc.constantFrom(...CALL_ENDS)),
  ),
  memoryBytes: fc.integer({ min: 20_000, max: 200_000 }),
  recordBytes: fc.constantFrom(1_000, 4_000),
  pack: fc.boolean(),
  concurrency: fc.integer({ min: 1, max: 3 }),
});

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask"] });
});
afterEach(() => {
  jest.useRealTimers();
});

describe("any history of a service's failures", () => {
  it("ends with each line delivered, or counted as dropped, and never both", async () => {
    const runs = Number(process.env.MODEL_RUNS ?? 60);
    await fc.assert(
      fc.asyncProperty(history, async ({ steps, ends, memoryBytes, ...options }) => {
        const service = new FakeRecordService();
        service.next = () => ends.next().value ?? "ok";
        const told: LoggerWarning[] = [];
        const defaults = completeSenderOptions({ ...options, onWarning: (warning) => told.push(warning) }, []);
        const sender = new Sender(service, { ...defaults, memoryBytes, flushAtExit: false });
        const begun = performance.now();
        const logged: string[] = [];
        for (const one of steps) {
          if (one.do === "log") {
            for (let i = 0; i < one.lines; i++) {
              const id = `line-${logged.length}`;
              const message = `${one.isPoison && i === 0 ? "poison" : "m"}${"x".repeat(one.bytes)}`;
              sender.add({ text: JSON.stringify({ message, "event.id": id }), unsayable: 0, isCut: false });
              logged.push(id);
            }
          } else if (one.do === "wait") {
            await jest.advanceTimersByTimeAsync(one.milliseconds);
          } else if (one.do === "flush") {
            void sender.flush(one.seconds);
          } else {
            jest.setSystemTime(one.to);
          }
          const { pendingBytes, accepted, delivered, dropped, pending } = sender.stats();
          expect(pendingBytes).toBeLessThanOrEqual(memoryBytes + 6_000);
          expect(accepted).toBe(logged.length);
          expect(delivered + pending + sum(dropped)).toBe(accepted);
        }
        service.next = () => "ok";
        const closed = sender.close(60);
        await jest.advanceTimersByTimeAsync(60_000);
        await closed;

        const stats = sender.stats();
        const known = new Set(service.acknowledged);
        const arrived = new Set(service.received);
        expect(known.size).toBe(service.acknowledged.length);
        expect(stats.pending).toBe(0);
        expect(stats.delivered).toBe(known.size);
        expect(sum(stats.dropped)).toBe(logged.length - known.size);
        expect(logged.filter((id) => arrived.has(id) && !known.has(id)).length).toBeLessThanOrEqual(stats.uncertain);
        expect(stats.uncertain).toBeLessThanOrEqual(sum(stats.dropped));
        expect(stats.dropped).toMatchObject({ closed: 0, exit: 0, internal: 0 });
        expect(service.maxInFlight).toBeLessThanOrEqual(options.concurrency);
        const minutes = (performance.now() - begun) / 60_000;
        for (const kind of new Set(told.map((warning) => warning.kind))) {
          // The first, one a minute, and the rest at the end.
          expect(told.filter((warning) => warning.kind === kind).length).toBeLessThanOrEqual(minutes + 2);
        }
      }),
      { numRuns: runs },
    );
  });
});

const sum = (counts: object): number =>
  Object.values(counts).reduce((total: number, count: number) => total + count, 0);
