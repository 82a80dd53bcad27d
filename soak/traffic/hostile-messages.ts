import type { MessageMaker } from "./messages";

const json = JSON.stringify;

const listOf = (count: number, one: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join(",");

/** Reasons by which engines refuse what is to be retried: an event that quotes one is refused for good all the same. */
const RETRYABLE_REASONS = [
  "this action would add [2] total shards, but this cluster currently has [1000]/[1000] maximum shards open",
  "no write index is defined for alias [logs]",
  "index_closed_exception: closed",
  "index [orders] blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];",
  "rejected execution of coordinating operation",
  "circuit_breaking_exception: [parent] Data too large",
  '{"error":{"type":"unavailable_shards_exception","reason":"primary shard is not active"},"status":503}',
];

/** What an engine may take for a date if it is the first value of a field. */
export const DATE_LIKE = [
  ...["2026-11-21", "-2026-11-21", "+12026-11-21", "2026/11/21", "2026-11", "2026", "12:00:00", "20261121"],
  ...["2026-11-21T10:00:00UTC", "2026-11-21T10:00:00Europe/Berlin", "2026-11-21T10:00:00.000+01:00[Europe/Berlin]"],
  ...["2026-11-21 10:00:00", "20261121T100000Z", "2026-W47-6", "2026-325"],
];

/** Names that an engine reads as ours: it expands dots, and drops empty segments at the end. */
const FORGED = [
  { "aws.": { cloudwatch: { log_group: "forged" } } },
  { "aws..": { "cloudwatch.": { log_group: "forged" } } },
  { "aws.": { "cloudwatch.log_group": "forged" } },
  { "aws.cloudwatch.log_group.": "forged" },
  { aws: { "cloudwatch.": { "log_group.": "forged" } } },
  { "message.": { text: "forged" }, "cloud.": { region: "forged" }, "@timestamp.": 1 },
  { _id: "forged", _source: {}, _routing: "x", __soft_deletes: 1, _primary_term: 1 },
];

/** Numbers that an engine writes out digit by digit. `took` and `x.took` are numbers in most documents. */
const HUGE_NUMBERS = [
  '{"took":"1e-200000000"}',
  '{"took":"1e-200000000","took":1}',
  '{"took":1,"to\\u006fk":"1e-200000000"}',
  '{"x":{"took":"1e-200000000","took":1}}',
  '{"took":"\u0661e-20000000"}',
  '{"took":1e-200000000}',
  '{"took":"1E999999999"}',
];

/**
 * What somebody logs who wants to stop a lane, hide a log or end a node, by how; whoever may write into one forwarded log group
 * can.
 */
export const HOSTILE_MESSAGES: Readonly<Record<string, MessageMaker>> = {
  "reason to retry, in a value that the index refuses": (n, random) =>
    json({ level: "warn", took: `${random.pick(RETRYABLE_REASONS)} ${n}` }),
  "reason to retry, as a name": (n, random) => json({ "a..b": n, [random.pick(RETRYABLE_REASONS)]: n }),
  "text like a date": (_, random) => random.pick(DATE_LIKE),
  "member like a date": (n, random) =>
    json({ [`first_${n % 50}`]: random.pick(DATE_LIKE), message: random.pick(DATE_LIKE) }),
  "name of ours": (n, random) => json({ ...random.pick(FORGED), n }),
  "huge number": (_, random) => random.pick(HUGE_NUMBERS),
  "million digits in a text": (n) => `{"took":"${String((n % 9) + 1).repeat(900_000)}"}`,
  "many digits in a number": (n) => `{"took":${String((n % 9) + 1).repeat(100_000)}}`,
  "many keys of many segments": (n) => `{${listOf(12_000, (i) => `"${"k.".repeat(18)}${n % 3}_${i}":1`)}}`,
  "keys of nearly a hundred segments": (n) => `{${listOf(1_000, (i) => `"${"a.".repeat(95)}${n % 3}_${i}":1`)}}`,
  "many names": (n) => `{${listOf(2_000, (i) => `"name_${n}_${i}":${i}`)}}`,
  "long names": (n) => `{${listOf(20, (i) => `"${String.fromCharCode(97 + i).repeat(45_000)}${n}":1`)}}`,
  "many values of an array": (n) => `{"values_${n % 3}":[${listOf(30_000, () => '""')}]}`,
  "many long paths": (n) =>
    `${`{"${"p".repeat(500)}${n % 3}":`.repeat(90)}[${listOf(9_000, () => '""')}]${"}".repeat(90)}`,
  "many levels": (n, random) => {
    const levels = random.integer(15, 1_200);
    return `${'{"a":'.repeat(levels)}${n}${"}".repeat(levels)}`;
  },
  "terminal escapes": (n, random) => `${"\u001b".repeat(random.pick([10, 1_000, 100_000]))}${n}`,
};
