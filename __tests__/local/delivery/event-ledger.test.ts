import fc from "fast-check";
import { emulatorDocumentId, emulatorEventId, eventIdParts } from "../../../local/delivery/event-id";
import { EventLedger } from "../../../local/delivery/event-ledger";

const NOW = 1_795_694_400_000;
const RUN = 123_456_789n << 64n;

describe("emulatorEventId", () => {
  it("has 56 digits, like the ids of local/emulator/patches/logs.py", () => {
    const id = emulatorEventId({ timestamp: NOW, counter: RUN + 7n });
    expect(id).toMatch(/^\d{56}$/);
    expect(BigInt(id)).toBe((BigInt(NOW) << 144n) + (123_456_789n << 64n) + 7n);
    expect(eventIdParts(id)).toEqual({ timestamp: NOW, counter: RUN + 7n });
  });

  it.each(["", "1", "x".repeat(56), "1".repeat(57)])("is not recognized in %j", (id) => {
    expect(eventIdParts(id)).toBeUndefined();
  });
});

/** Calls as the emulator answers them: each takes the next numbers of the counter, and so do others' meanwhile. */
const calls = fc.array(
  fc.record({
    logGroup: fc.constantFrom("foo", "bar"),
    after: fc.array(fc.integer({ min: 0, max: 86_400_000 }), { minLength: 1, maxLength: 20 }),
    others: fc.integer({ min: 0, max: 3 }),
  }),
);

describe("EventLedger", () => {
  it("recognizes the id of every event, and no other", () => {
    fc.assert(
      fc.property(calls, fc.boolean(), (all, isReversed) => {
        let counter = RUN;
        const put = all.map(({ logGroup, after, others }) => {
          counter += BigInt(others);
          const timestamps = after.toSorted((a, b) => a - b).map((ms) => NOW + ms);
          const ids = timestamps.map((timestamp) => emulatorEventId({ timestamp, counter: counter++ }));
          return { logGroup, timestamps, ids };
        });
        const ledger = new EventLedger();
        const ordered = isReversed ? put.toReversed() : put;
        for (const { logGroup, timestamps, ids } of ordered) ledger.add(logGroup, ids[0], timestamps);

        const expected = ordered.flatMap(({ logGroup, ids }) => ids.map((id) => ({ logGroup, id })));
        expect(ledger.size).toBe(expected.length);
        expect([...ledger.documentIds()]).toEqual(expected.map(({ id, logGroup }) => emulatorDocumentId(id, logGroup)));
        for (const [number, { logGroup, id }] of expected.entries()) {
          expect(ledger.numberOf(id)).toBe(number);
          expect(ledger.logGroupOf(number)).toBe(logGroup);
        }
        const ours = new Set(expected.map(({ id }) => id));
        for (let n = RUN - 1n; n <= counter; n++) {
          const id = emulatorEventId({ timestamp: NOW, counter: n });
          if (!ours.has(id)) expect(ledger.numberOf(id)).toBeUndefined();
        }
      }),
    );
  });

  it("does not recognize ids of another run or of another time", () => {
    const ledger = new EventLedger();
    ledger.add("foo", emulatorEventId({ timestamp: NOW, counter: RUN }), [NOW, NOW]);
    expect(ledger.numberOf(emulatorEventId({ timestamp: NOW, counter: RUN + 1n }))).toBe(1);
    expect(ledger.numberOf(emulatorEventId({ timestamp: NOW + 1, counter: RUN }))).toBeUndefined();
    expect(ledger.numberOf(emulatorEventId({ timestamp: NOW, counter: RUN + (1n << 70n) }))).toBeUndefined();
    expect(ledger.numberOf("no id")).toBeUndefined();
  });

  it.each([
    ["none", undefined],
    ["one of another time", emulatorEventId({ timestamp: NOW + 1, counter: RUN })],
    ["one of another form", "37"],
  ])("rejects an answer whose first id is %s", (_, firstId) => {
    expect(() => new EventLedger().add("foo", firstId, [NOW])).toThrow("which is not the local emulator's format");
  });

  it("has the earliest and the latest time, in any order of the calls", () => {
    const ledger = new EventLedger();
    ledger.add("foo", emulatorEventId({ timestamp: NOW, counter: RUN }), [NOW, NOW + 5]);
    ledger.add("bar", emulatorEventId({ timestamp: NOW - 3, counter: RUN + 2n }), [NOW - 3]);
    expect(ledger.period).toEqual({ from: NOW - 3, to: NOW + 5 });
  });

  it("rejects a number without an event", () => {
    const ledger = new EventLedger();
    ledger.add("foo", emulatorEventId({ timestamp: NOW, counter: RUN }), [NOW]);
    expect(() => ledger.idOf(1)).toThrow(RangeError);
    expect(() => ledger.idOf(-1)).toThrow(RangeError);
  });

  it("needs a few bytes for each event", () => {
    const timestamps = Array.from({ length: 10_000 }, (_, n) => NOW + n);
    const ledger = new EventLedger();
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 0; n < 100; n++) {
      ledger.add("foo", emulatorEventId({ timestamp: NOW, counter: RUN + BigInt(n * 10_000) }), timestamps);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
    expect(ledger.size).toBe(1_000_000);
  });
});
