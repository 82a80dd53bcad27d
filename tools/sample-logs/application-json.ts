import type { Random } from "../random";
import type { Format } from "./format";
import { hex, ipv4, seconds, uuid } from "./values";

const TEXTS = [
  "order placed",
  'customer said "no, thanks"',
  "path C:\\temp\\new",
  "gr\u00f6\u00dfer als erwartet: \u65e5\u672c\u8a9e \ud83d\udc08",
  "line one\nline two\twith a tab",
  "separators \u2028 and \u2029, a bell \u0007",
];

const STACK = [
  "Error: card declined",
  '    at pay ("/app/orders.js":17:3)',
  "    at async checkout (/app/shop.js:120:9)",
  "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
].join("\n");

/** Lines of common logging libraries. */
const LIBRARIES: readonly ((random: Random, time: Date, text: string) => object)[] = [
  // pino
  (random, time, msg) => ({
    ...{
      level: random.pick([20, 30, 40, 50]),
      time: time.getTime(),
      pid: random.integer(1, 9_999),
      hostname: "shop-7d9f",
    },
    ...{
      reqId: hex(random, 8),
      res: { statusCode: random.pick([200, 404, 500]) },
      responseTime: random.next() * 900,
      msg,
    },
  }),
  // winston
  (random, time, message) => ({
    ...{ level: random.pick(["debug", "info", "warn", "error"]), message, timestamp: time.toISOString() },
    ...{ logger: "com.example.shop.Checkout", http: { ip: ipv4(random), took: seconds(random, 2) }, tags: ["a", "b"] },
    ...(random.chance(0.3) && { stack: STACK }),
  }),
  // Elastic's ECS loggers
  (random, time, message) => ({
    ...{ "@timestamp": time.toISOString(), "log.level": "info", message, ecs: { version: "8.10.0" } },
    ...{ "service.name": "shop", trace: { id: hex(random, 32) }, error: { type: "PaymentError", stack_trace: STACK } },
  }),
  // Fields that collide with the pipeline's own
  (random, time, message) => ({
    ...{
      time: time.toISOString(),
      log: { level: "warn", logger: "audit" },
      message,
      cloud: "none",
      id: random.integer(0, 1e15),
    },
    ...{
      user: { id: random.integer(1, 99_999), name: "J\u00f8rgen \ud83d\ude00", email: null },
      aws: { request: uuid(random) },
    },
  }),
  // AWS Lambda's JSON format
  (random, time, message) => ({
    ...{
      timestamp: time.toISOString(),
      level: "INFO",
      requestId: uuid(random),
      message: { event: message, items: [1, 2.5, -3e-7] },
    },
  }),
];

/** Application logs, one JSON object per message. */
export const applicationJson: Format = {
  line: ({ random, time }) => JSON.stringify(random.pick(LIBRARIES)(random, time, random.pick(TEXTS))),
};
