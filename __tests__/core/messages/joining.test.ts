import fc from "fast-check";
import type { Envelope } from "../../../core/events/envelope";
import { MAX_JOINED_EVENTS } from "../../../core/events/event-count";
import { lineJoining, MAX_JOINED_LENGTH } from "../../../core/messages/joining";
import { EnvironmentError } from "../../../core/settings/parse-variables";
import { envelope, eventId, logEvent } from "../../support/kinesis";

/** The lines of messages begin with a digit, the rest of their lines do not. */
const join = lineJoining("^\\d");

const envelopeOf = (...messages: string[]) => envelope(messages.map((message, i) => logEvent(i + 1, message)));

const joinedMessages = (one: Envelope) => join(one).logEvents.map(({ message }) => message);

const TRACE = ["1 failed", "java.lang.IllegalStateException: no", "\tat a.B.c(B.java:7)", "2 done"];

describe("lineJoining", () => {
  it("joins events that are no first line to the one before, which keeps its id and time, with their number", () => {
    const { logEvents } = join(envelopeOf(...TRACE));
    expect(logEvents).toEqual([
      { ...logEvent(1), message: TRACE.slice(0, 3).join("\n"), eventCount: 3 },
      logEvent(4, "2 done"),
    ]);
  });

  it("joins events before the first line of a message to each other", () => {
    expect(joinedMessages(envelopeOf("\tat a", "\tat b", "1 c", "d"))).toEqual(["\tat a\n\tat b", "1 c\nd"]);
  });

  it("adds no line break to a message that ends with one", () => {
    expect(joinedMessages(envelopeOf("1 a\n", "b\n", "c"))).toEqual(["1 a\nb\nc"]);
  });

  it("returns an envelope as it is that has nothing to join", () => {
    for (const one of [envelopeOf("1", "2"), envelopeOf("a"), envelopeOf()]) expect(join(one)).toBe(one);
  });

  it("begins a new event beyond the number of events, and beyond the length", () => {
    const lines = Array.from({ length: MAX_JOINED_EVENTS + 1 }, () => "a");
    expect(join(envelopeOf("1", ...lines)).logEvents.map(({ id, eventCount }) => [id, eventCount])).toEqual([
      [eventId(1), MAX_JOINED_EVENTS],
      [eventId(MAX_JOINED_EVENTS + 1), 2],
    ]);
    const half = "a".repeat(MAX_JOINED_LENGTH / 2);
    expect(joinedMessages(envelopeOf(half, half.slice(1)))).toHaveLength(1);
    expect(joinedMessages(envelopeOf(half, half, "b"))).toEqual([half, `${half}\nb`]);
    expect(joinedMessages(envelopeOf("1".padEnd(2 * MAX_JOINED_LENGTH), "b"))).toHaveLength(2);
  });

  it("keeps the extracted fields of the first event, and joins none of another origin", () => {
    const one = { ...logEvent(1, "1"), extractedFields: { "@aws.account": "1", level: "a" } };
    const other = (n: number, extractedFields: Record<string, string>) => ({ ...logEvent(n, "x"), extractedFields });
    expect(join(envelope([one, other(2, { "@aws.account": "1", level: "b" })])).logEvents).toEqual([
      { ...one, message: "1\nx", eventCount: 2 },
    ]);
    for (const origin of [{ "@aws.account": "2" }, { "@source.log": "g" }, {}]) {
      expect(join(envelope([one, other(2, origin)])).logEvents).toHaveLength(2);
    }
    expect(join(envelope([one, logEvent(2, "x")])).logEvents).toHaveLength(2);
  });

  it("joins what was joined before to nothing: a replay of it finds the same events", () => {
    const events = [
      { ...logEvent(1, "1\nb"), eventCount: 2 },
      logEvent(2, "c"),
      { ...logEvent(3, "d\ne"), eventCount: 2 },
    ];
    expect(join(envelope(events)).logEvents).toEqual(events);
  });

  it("refuses a pattern that RE2 does not take, with the pattern", () => {
    expect(() => lineJoining("(?=a)")).toThrow(EnvironmentError);
    expect(() => lineJoining("(?=a)")).toThrow('"(?=a)": error parsing regexp');
  });

  const anyMessage = fc.oneof(
    fc.constantFrom("1 a", "\tat b", "", "\n", "2\n", "x\r\n", "\ud83d"),
    fc.string({ unit: "binary", maxLength: 20 }),
  );

  it("loses no line and no order, whatever the messages", () => {
    const property = fc.property(fc.array(anyMessage), (messages) => {
      const given = envelopeOf(...messages);
      const { logEvents } = join(given);
      expect(logEvents.reduce((sum, { eventCount = 1 }) => sum + eventCount, 0)).toBe(messages.length);
      let first = 0;
      for (const { id, timestamp, message, eventCount = 1 } of logEvents) {
        const own = given.logEvents.slice(first, first + eventCount);
        expect({ id, timestamp }).toEqual({ id: own[0]!.id, timestamp: own[0]!.timestamp });
        let at = 0;
        for (const [i, line] of own.entries()) {
          if (i > 0 && !own[i - 1]!.message.endsWith("\n")) expect(message[at++]).toBe("\n");
          expect(message.slice(at, at + line.message.length)).toBe(line.message);
          at += line.message.length;
        }
        expect(at).toBe(message.length);
        expect(own.slice(1).some((line) => /^\d/.test(line.message))).toBe(false);
        first += eventCount;
      }
    });
    fc.assert(property);
  });
});
