import type { Random } from "../random";
import type { Format } from "./format";
import { hex, uuid } from "./values";

const LEVELS = ["DEBUG", "INFO ", "INFO ", "WARN ", "ERROR"];

const JAVA = (n: number) =>
  [
    `java.lang.IllegalStateException: order ${n} is "closed"`,
    `\tat com.example.shop.Orders.pay(Orders.java:${n % 400})`,
    "\tat com.example.shop.Checkout$1.run(Checkout.java:88)",
    "Caused by: java.sql.SQLException: Verbindung verloren: \u00fcberlastet",
    "\tat org.postgresql.Driver.connect(Driver.java:297)",
    "\t... 17 more",
  ].join("\n");

const PYTHON = (n: number) =>
  [
    "Traceback (most recent call last):",
    `  File "/app/orders.py", line ${n % 400}, in pay`,
    `    raise PaymentError(f"card {card!r} declined", code='E\\n${n}')`,
    "orders.PaymentError: card 'declined'",
  ].join("\n");

/** Kinds of application logs; `at` is the formatted time. */
const KINDS: readonly ((random: Random, at: string, n: number) => string)[] = [
  (random, at, n) => `${at} ${random.pick(LEVELS)} [worker-${n % 8}] c.e.shop.Orders - order ${n} took ${n % 900} ms`,
  (_, at, n) => `${at} ERROR [main] c.e.shop.Checkout - cannot pay order ${n}\n${JAVA(n)}`,
  (_, at, n) => `${at} ERROR payment failed\n${PYTHON(n)}`,
  (random, at) => `${at} WARN  key="value with \\"quotes\\"" path='C:\\temp' trace=${hex(random, 32)} {not json}`,
  (_, at, n) => `${at} INFO  gr\u00f6\u00dfer als erwartet: ${n} \u4ef6\u306e\u6ce8\u6587 \ud83d\udc08 \u2028 end`,
  (random) => `REPORT RequestId: ${uuid(random)}\tDuration: ${random.integer(1, 900)}.17 ms\tBilled Duration: 900 ms`,
];

/** Application logs as text, with stack traces of several lines. */
export const applicationText: Format = {
  line: ({ random, time }) => random.pick(KINDS)(random, time.toISOString(), random.integer(1, 99_999)),
};
