import type { LogEvent } from "../../core/events/envelope";
import { DATE_LIKE, HOSTILE_MESSAGES } from "../../soak/traffic/hostile-messages";
import { Random } from "../../tools/random";
import { FORMATS, type FormatName, sampleLines } from "../../tools/sample-logs";
import { ARRIVAL, envelope, logEvent } from "../support/kinesis";
import { escapeOf } from "./hostile-json";
import { mutatedMessage } from "./mutate-message";

/** Characters. Longer messages have tests of their own; here they would take most of the time. */
const MAX_SEED_LENGTH = 2_000;
const LINES_PER_FORMAT = 40;

/** Messages that mutations start from: those of tools/sample-logs, hostile ones, and the shortest. */
const SEED_MESSAGES: readonly string[] = [
  ...(Object.keys(FORMATS) as FormatName[]).flatMap((name) => sampleLines(name, LINES_PER_FORMAT)),
  ...Object.values(HOSTILE_MESSAGES).flatMap((make) => Array.from({ length: 4 }, (_, n) => make(n, new Random(n)))),
  ...["", "{}", "[]", '{"message":""}', '{"log":{}}', '{"log":"x"}', " {\n} ", "x", "1", '"x"', "{", "null"],
].filter(({ length }) => length <= MAX_SEED_LENGTH);

const DAY_MS = 86_400_000;
const [EARLIEST, LATEST] = [ARRIVAL + 1 - 15 * DAY_MS, ARRIVAL + 1 + DAY_MS / 12];

/** Times around midnight, around an hour and around each limit, and what CloudWatch Logs does not write. */
const TIMES = [
  ...[0, -1, 1, 999_999_999_999, 1e12, 9_999_999_999_999, 1e13, 253_402_300_799_999, 253_402_300_800_000, 1.5],
  ...[Date.UTC(2026, 10, 21), Date.UTC(2026, 10, 21, 3)].flatMap((hour) => [hour - 1, hour]),
  ...[EARLIEST - 1, EARLIEST, LATEST, LATEST + 1],
];

/** What changes the text of an envelope. */
type EnvelopeMutation = (text: string, random: Random, other: () => string) => string;

const inserted = (text: string, at: number, removed: number, token: string): string =>
  text.slice(0, at) + token + text.slice(at + removed);
const within = (text: string, random: Random): number => random.integer(0, Math.max(0, text.length - 1));

const TOKENS = [
  '"},{"id":"',
  '"',
  "\\",
  "\\\\",
  '\\"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "]}",
  " ",
  "\n",
  "\r",
  "0",
  "\\u0041",
  "\\/",
  "\u00e9",
  "\0",
  '"x":1,',
  "CONTROL_MESSAGE",
];
const HEAD_MEMBERS = [
  '"messageType":"DATA_MESSAGE"',
  '"messageType":"CONTROL_MESSAGE"',
  '"owner":"2"',
  '"logGroup":"message"',
  '"logStream":1',
  '"logEvents":[]',
  '"x":{"logEvents":[{"id":"1"}]}',
  '"subscriptionFilters":["a\\nb"]',
];

const MUTATIONS: readonly EnvelopeMutation[] = [
  (text, random) => {
    const token = random.pick(['"extractedFields":{', '"message":', '},{"id":', '"timestamp":', '"logEvents":[']);
    return text.replaceAll(token, `${token}${random.pick(["\n", " ", "\t"])}`);
  },
  (text, random) => inserted(text, within(text, random), 1, String.fromCharCode(random.integer(0, 255))),
  (text, random) => inserted(text, within(text, random), random.integer(0, 3), random.pick(TOKENS)),
  (text, random) => text.slice(0, within(text, random)),
  (text, random) => {
    const at = within(text, random);
    return inserted(text, at, 1, escapeOf(text[at] ?? "x", random));
  },
  (text, random) => {
    const [at, from] = [within(text, random), within(text, random)];
    return inserted(text, at, 0, text.slice(from, from + random.integer(1, 80)));
  },
  (text, random, other) => {
    const its = other();
    return text.slice(0, within(text, random)) + its.slice(within(its, random));
  },
  (text, random, other) => `${text}${random.pick(["", "", " ", "\n", "x"])}${other()}`,
  (text, random) => inserted(text, 1, 0, `${random.pick(HEAD_MEMBERS)},`),
  (text, random) => inserted(text, text.length - 1, 0, `,${random.pick(HEAD_MEMBERS)}`),
  (text, random) =>
    text.replace('"timestamp"', `"x":1,"timestamp"`).replace(/"id"/, random.pick(['"id"', '"iD"', '"\\u0069d"'])),
];

/** An envelope as CloudWatch Logs writes it, mostly; the rest has odd names, ids or times. */
function canonicalText(random: Random): string {
  const events = Array.from({ length: random.pick([1, 1, 1, 1, 2, 2, 3]) }, (_, n) => {
    const seed = random.pick(SEED_MESSAGES);
    const message = random.chance(0.85) ? mutatedMessage(seed, random.pick(SEED_MESSAGES), random) : seed;
    const event = logEvent(n, message, random.chance(0.05) ? random.pick(TIMES) : random.integer(EARLIEST, LATEST));
    return random.chance(0.02)
      ? {
          ...event,
          id: random.pick(["", "7", event.id.slice(1), `${event.id}0`, "\ud83d", "x".repeat(512), "x".repeat(513)]),
        }
      : event;
  });
  const names = random.chance(0.9)
    ? {}
    : {
        logGroup: random.pick([
          "/aws/lambda/Thumbs",
          "message",
          "",
          "2026-11-21",
          '"',
          "n".repeat(512),
          "n".repeat(513),
        ]),
        logStream: random.pick(SEED_MESSAGES).slice(0, 512),
      };
  return JSON.stringify(envelope(random.chance(0.75) ? events : withExtractedFields(events, random), names));
}

const FIELD_NAMES = [
  "@aws.account",
  "@aws.region",
  "@source.log",
  "ip",
  "$1",
  "a b",
  "a.b",
  "",
  "__proto__",
  "1",
  "id",
];
const FIELD_VALUES = [
  ...[
    "222222222222",
    "us-east-1",
    "/aws/lambda/Thumbs",
    "",
    "x".repeat(513),
    '"\\\n',
    "\ud83d",
    '"}]}',
    "1e-200000000",
  ],
  ...["7".repeat(1_000), "7".repeat(1_001), 1, -0, 1e21, true, null, [1], { a: "b" }],
];

/** Fields as of a centralized log group, mostly the same for all events. */
function withExtractedFields(events: readonly LogEvent[], random: Random): LogEvent[] {
  const fields = () => {
    const names = random.shuffled(FIELD_NAMES).slice(0, random.integer(0, 5));
    return Object.fromEntries(names.map((name) => [name, random.pick([...FIELD_VALUES, ...DATE_LIKE])]));
  };
  const shared = fields();
  return events.map((event) => {
    const extractedFields = (random.chance(0.9) ? shared : fields()) as LogEvent["extractedFields"] & object;
    return { ...event, extractedFields };
  });
}

/** The inflated record of one run of the fuzzer: the same for the same seed and run. */
export function mutatedEnvelope(seed: number, run: number): Buffer {
  // Neighbouring states of this generator would draw nearly the same numbers one step apart.
  const random = new Random((seed ^ Math.imul(run + 1, 0x9e3779b1)) >>> 0);
  let text = canonicalText(random);
  for (let changes = random.pick([0, 0, 0, 1, 1, 2]); changes > 0; changes--) {
    text = random.pick(MUTATIONS)(text, random, () => canonicalText(random));
  }
  const bytes = Buffer.from(text);
  // Bytes that are not UTF-8.
  if (random.chance(0.03)) bytes[random.integer(0, bytes.length - 1)] = random.integer(0x80, 0xff);
  return bytes;
}
