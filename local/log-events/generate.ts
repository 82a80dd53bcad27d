import type { LogLine } from "./line";

const CLASSIC = ["ilikecats", "im an awesome log file", "search me im a log"];
const LOG_STREAMS = 4;
const SPAN_MS = 5 * 60_000;

/** Kinds of application logs; `n` makes each line different. */
const KINDS: readonly ((n: number, time: string) => string)[] = [
  (n, time) => `${time} INFO worker-${n % 7} processed order ${1000 + n} in ${(n * 37) % 900} ms`,
  (n, time) =>
    JSON.stringify({ level: n % 20 ? "info" : "error", time, msg: "order paid", order: { id: n, total: n / 4 } }),
  (n, time) =>
    `192.0.2.${n % 256} - - [${time}] "GET /products/${n}?q=a%20b HTTP/1.1" ${n % 9 ? 200 : 404} ${n * 13} "-" "Mozilla/5.0"`,
  (n) => `größer als erwartet: ${n} 件の注文 🐈 "quoted" \\ back\u2028slash\ttab`,
  (n, time) =>
    [
      `${time} ERROR Traceback (most recent call last):`,
      `  File "/app/orders.py", line ${n}, in pay`,
      `    raise PaymentError("card ${n} declined")`,
      "PaymentError: declined",
    ].join("\n"),
];

/**
 * Returns the three classic lines, and generated lines of mixed kinds, spread over the log groups, four log streams in each, and the last
 * five minutes.
 *
 * @param now milliseconds since the epoch
 * @param count number of lines to generate in addition to the classic three
 */
export function generateLines(logGroups: readonly string[], now: number, count: number): LogLine[] {
  const classic = CLASSIC.map((message, n): LogLine => {
    return { logGroup: logGroups[n % logGroups.length]!, logStream: "classic", timestamp: now, message };
  });
  return [...classic, ...mixedLines(logGroups, now, count)];
}

/** Returns lines of applications, of mixed kinds, spread likewise. */
export function mixedLines(logGroups: readonly string[], now: number, count: number): LogLine[] {
  const first = now - SPAN_MS;
  return Array.from({ length: count }, (_, n): LogLine => {
    const timestamp = first + Math.floor((n / count) * SPAN_MS);
    return {
      logGroup: logGroups[n % logGroups.length]!,
      logStream: `generated-${Math.floor(n / logGroups.length) % LOG_STREAMS}`,
      timestamp,
      message: KINDS[n % KINDS.length]!(n, new Date(timestamp).toISOString()),
    };
  });
}
