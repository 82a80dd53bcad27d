import fc from "fast-check";
import type { Envelope, LogEvent } from "../../core/events/envelope";
import { nearlyDate } from "./dates";
import { anyText, jsonObjectText, jsonText } from "./json-texts";
import { ARRIVAL, envelope, logEvent } from "./kinesis";
import { nearlySignedText, signedText } from "./signed-texts";

const DAY_MS = 86_400_000;

/** How often a property of both paths is tried. `npm run nightly` sets it. */
export const FAST_PATH_RUNS = Number(process.env.FAST_PATH_RUNS ?? 1000);

const unicodeEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

const hugeNumbers = [
  '{"n":"1e-1000"}',
  '{"n":["12e45678"]}',
  '{"n":"\\u0031e-99999"}',
  '{"n":"\u0661E-12345"}',
  '{"n":"1e-9"}',
  ...[255, 256, 1_000, 1_001].flatMap((digits) => [`{"n":${"7".repeat(digits)}}`, `{"n":["${"7".repeat(digits)}"]}`]),
];
const trailingDots = [
  '{"log.":{"file.path":"x"}}',
  '{"log.level.":1}',
  '{"message.":"x"}',
  '{"log":{"level":"x"}}',
  '{"log":"x","a":1}',
];

/** Objects in lists whose names are few, long or alike in all but a few bytes, so that some object has one twice. */
const alikeNames = fc
  .tuple(
    fc.nat(40),
    fc.array(fc.array(fc.tuple(fc.nat(40), fc.nat(3)), { minLength: 1, maxLength: 12 }), { maxLength: 8 }),
  )
  .map(([length, objects]) => {
    const name = ([at, letter]: [number, number]) => {
      const middle = Math.min(at, length);
      return `"${"n".repeat(middle)}${"abc."[letter]}${"n".repeat(length - middle)}"`;
    };
    return `{"list":[${objects.map((names) => `{${names.map((one) => `${name(one)}:1`)}}`)}]}`;
  });
/** As texts, and as the `message` of an object, where their characters may be escaped. */
const dates = fc.oneof(
  nearlyDate,
  fc.tuple(nearlyDate, fc.nat(40)).map(([text, at]) => {
    const json = JSON.stringify(text).slice(1, -1);
    return `{"message":"${json.slice(0, at)}${json.slice(at, at + 1).replace(/[^\\"]/, unicodeEscape)}${json.slice(at + 1)}"}`;
  }),
  nearlyDate.map((message) => JSON.stringify({ message })),
);
const message = fc.oneof(
  ...[anyText, jsonObjectText, jsonText, alikeNames, dates, signedText, nearlySignedText],
  fc.constantFrom(...hugeNumbers, ...trailingDots),
);

/** Of events that arrive a millisecond after ARRIVAL. */
const deliveredTime = fc.integer({ min: ARRIVAL + 1 - 15 * DAY_MS, max: ARRIVAL + 1 + DAY_MS / 12 });
const anyTime = fc.oneof(
  { weight: 20, arbitrary: deliveredTime },
  { weight: 1, arbitrary: fc.integer({ min: 1_000_000_000_000, max: 9_999_999_999_999 }) },
);

const eventsOf = (timestamp: fc.Arbitrary<number>) =>
  fc
    .array(fc.tuple(message, timestamp), { minLength: 1, maxLength: 6 })
    .map((some) => some.map(([text, time], n) => logEvent(n, text, time)));
const events = eventsOf(anyTime);
const name = fc.oneof(anyText, nearlyDate);
const names = fc.record({ owner: name, logGroup: name, logStream: name });

/** As CloudWatch Logs writes it, with the names of its subscription filters. */
function filtered(
  logEvents: LogEvent[],
  where: Partial<Envelope> = {},
  subscriptionFilters: readonly string[] = ["filter"],
): string {
  const { logEvents: _, ...head } = envelope([], where);
  return JSON.stringify({ ...head, subscriptionFilters, logEvents });
}

/** An envelope up to its first event. */
const HEAD = filtered([]).slice(0, -2);

/** Usual ones, and any. */
const anyNames = fc.oneof(
  names,
  fc.record({
    owner: fc.constantFrom("111111111111", "222222222222"),
    logGroup: fc.constantFrom("/aws/lambda/a", "/aws/lambda/b", "c"),
    logStream: fc.constantFrom("2026/11/21/[$LATEST]0a", "eni-0a-all", "2026-11-21", "s"),
  }),
);
const filters = fc.oneof(fc.constant(["filter"]), fc.array(anyText, { maxLength: 6 }));

/** Envelopes as CloudWatch Logs writes them, of any events and names. */
export const canonicalEnvelope = fc
  .tuple(eventsOf(deliveredTime), anyNames, filters)
  .map(([some, where, given]) => filtered(some, where, given));

/** Envelopes whose messages are escaped in any of JSON's ways. */
export const escapedEnvelope = fc.tuple(events, fc.infiniteStream(fc.nat(3))).map(([some, styles]) => {
  const escaped = (text: string) =>
    text.replace(/./gs, (character) => {
      const style = styles.next().value;
      if (style === 0) return unicodeEscape(character);
      if (style === 1 && character === "/") return "\\/";
      return JSON.stringify(character).slice(1, -1);
    });
  const list = some.map(
    ({ id, timestamp, message }) => `{"id":"${id}","timestamp":${timestamp},"message":"${escaped(message)}"}`,
  );
  return `${HEAD}${list.join(",")}]}`;
});

const space = fc.constantFrom("", "", "", " ", "\n", "\t");
const eventMember = fc.tuple(
  fc.constantFrom("id", "timestamp", "message", "extractedFields", "x"),
  fc.constantFrom("1", '"y"', '{"id":"7"}', '{"@aws.account":"2","ip":"::1"}'),
);

/** Envelopes with white space anywhere, and with further and repeated members in one event. */
export const looseEnvelope = fc
  .tuple(events, fc.infiniteStream(space), fc.array(eventMember, { maxLength: 2 }), fc.nat(5), fc.boolean())
  .map(([some, spaces, extra, at, isLast]) => {
    const between = () => spaces.next().value;
    const list = some.map(({ id, timestamp, message }, n) => {
      const members = [`"id":"${id}"`, `"timestamp":${timestamp}`, `"message":${JSON.stringify(message)}`];
      for (const [key, value] of n === at ? extra : []) {
        const one = `"${key}":${value}`;
        if (isLast) members.push(one);
        else members.unshift(one);
      }
      return `${between()}{${members.join(`${between()},`)}}`;
    });
    return `${HEAD}${list.join(",")}${between()}]${between()}}${between()}`;
  });

const headValues = ['"DATA_MESSAGE"', '"CONTROL_MESSAGE"', '"message"', '["message"]', '"x"', "1", "[]", '"a\\nb"'];

/** A key as it is, or with one of its characters escaped. */
const written = (key: string) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constant(`"${key}"`) },
    { weight: 1, arbitrary: fc.nat(key.length - 1).map((at) => `"${key.replace(key[at]!, unicodeEscape)}"`) },
  );
const required = { messageType: "DATA_MESSAGE", owner: "1", logGroup: "foo", logStream: "s" };
const requiredMember = Object.entries(required).map(([key, value]) => written(key).map((one) => `${one}:"${value}"`));
const furtherMember = fc
  .tuple(
    fc.constantFrom(...Object.keys(required), "logEvents", "message", "x").chain(written),
    fc.constantFrom(...headValues),
  )
  .map((member) => member.join(":"));

/** Envelopes with the members before the events in any order, escaped, repeated and of other values. */
export const envelopeOfAnyHead = fc
  .tuple(events, fc.tuple(...requiredMember), fc.array(furtherMember, { maxLength: 2 }))
  .chain(([some, members, further]) => {
    const all = [...members, ...further];
    const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
    return shuffled.map((head) => `{${head.join(",")},"logEvents":${JSON.stringify(some)}}`);
  });

const fieldName = fc.oneof(
  fc.constantFrom("@aws.account", "@aws.region", "@source.log", "ip", "$1", "a.b", "__proto__", "extractedFields"),
  anyText,
);
const fieldValue = fc.oneof(anyText, dates, fc.constantFrom("1e-200000000", `},{"id":"`), fc.jsonValue());

/** Canonical envelopes whose events have extracted fields: mostly the same, as those of a centralized log group. */
export const centralizedEnvelope = fc
  .tuple(events, names, fc.dictionary(fieldName, fieldValue, { maxKeys: 5 }), fc.nat(20), fc.constantFrom("", "", "\n"))
  .map(([some, where, fields, other, space]) => {
    const list = some.map((event, n) => {
      const tail = `"extractedFields":${n === other ? '{"ip":"::1"}' : JSON.stringify(fields)}`;
      return `${JSON.stringify(event).slice(0, -1)},${space}${tail}}`;
    });
    return `${JSON.stringify(envelope([], where)).slice(0, -2)}${list.join(",")}]}`;
  });

const token = fc.constantFrom(...'"\\{}[],:0nut/ \n\t\u00e9\0', '"},{"id":"', '\\"', "\\\\", "\\u0041", "]}", "\xff");
const change = fc.tuple(fc.nat(), fc.nat(3), token);

/** Canonical envelopes, with extracted fields or without, with a few bytes changed, removed or inserted. */
export const damagedEnvelope = fc
  .tuple(
    fc
      .oneof({ weight: 2, arbitrary: canonicalEnvelope }, { weight: 1, arbitrary: centralizedEnvelope })
      .map((text) => Buffer.from(text)),
    fc.array(change, { minLength: 1, maxLength: 3 }),
  )
  .map(([whole, changes]) =>
    changes.reduce((bytes, [where, removed, inserted]) => {
      const at = where % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(inserted, "latin1"), bytes.subarray(at + removed)]);
    }, whole),
  );
