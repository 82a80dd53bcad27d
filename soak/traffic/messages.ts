import type { Random } from "../../tools/random";

/**
 * What applications log. Some of it an index refuses: `user` and `took` have several types, new field names fill it to its
 * limit, and names and nesting are not what it takes.
 */
const KINDS: readonly ((n: number, random: Random) => string)[] = [
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

/** The text of an event; `n` makes it another one each time. */
export function message(n: number, random: Random): string {
  return random.pick(KINDS)(n, random);
}
