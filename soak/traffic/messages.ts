import type { Random } from "../../tools/random";

/** Makes the text of an event. @param n a number that no other event has */
export type MessageMaker = (n: number, random: Random) => string;

/**
 * Messages as applications log them. An index rejects some: `user` and `took` have several types, new field names exhaust
 * its limit of fields, and some names and depths are invalid.
 */
const KINDS: readonly MessageMaker[] = [
  (n) => `INFO worker processed order ${n}`,
  (n) => JSON.stringify({ level: "info", msg: "order paid", order: { id: n, total: n / 4 } }),
  (n) => JSON.stringify({ level: "warn", user: `user-${n}`, took: n }),
  (n) => JSON.stringify({ level: "warn", user: { id: n }, took: `${n} ms` }),
  (n) => JSON.stringify({ level: "debug", [n % 3 === 0 ? `counter_${n}` : "counter"]: n }),
  (n) => JSON.stringify({ "a..b": n, "": n, ".": n }),
  (n) => `${'{"a":'.repeat(25)}${n}${"}".repeat(25)}`,
  (n) => `größer als erwartet: ${n} 件の注文 🐈 "quoted" \\ back\u2028slash\ttab`,
  (n) => `ERROR order ${n}\n  at pay (orders.js:${n})\n  at main (index.js:1)`,
  (n, random) => `DEBUG ${n} ${"x".repeat(random.integer(0, 4_000))}`,
];

/** The text of an event, different for each `n`. */
export function message(n: number, random: Random): string {
  return random.pick(KINDS)(n, random);
}
