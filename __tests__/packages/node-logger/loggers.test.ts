import type { KinesisClient } from "@aws-sdk/client-kinesis";
import { createLogger, format } from "winston";
import {
  FirehoseLogger,
  flushing,
  KinesisLogger,
  LoggerOptionsError,
  type LoggerWarning,
} from "../../../packages/node-logger/src";
import { WinstonTransport } from "../../../packages/node-logger/src/winston";

/** A client into memory. */
function memoryClient(answer: () => Promise<void> = async () => {}) {
  const lines: Record<string, unknown>[] = [];
  const client = {
    send: async ({ input }: { input: { Records: { Data: Buffer }[] } }) => {
      await answer();
      const texts = input.Records.map(({ Data }) => Buffer.from(Data).toString().trimEnd().split("\n"));
      lines.push(...texts.flat().map((line) => JSON.parse(line)));
      return { Records: input.Records.map(() => ({ SequenceNumber: "1" })) };
    },
  } as unknown as KinesisClient;
  return { lines, client };
}

const told: string[] = [];
const onWarning = ({ kind }: LoggerWarning) => told.push(kind);
afterEach(() => told.splice(0));

describe("a logger", () => {
  it("takes a message and fields, fields and a message, or an error in place of either", async () => {
    const { lines, client } = memoryClient();
    const logger = new KinesisLogger("app", { client, logger: "app.pay", level: "trace" });
    const error = new TypeError("no");
    logger.trace("text");
    logger.debug("text", { a: 1 });
    logger.info({ a: 1 }, "text");
    logger.warn(error);
    logger.error("text", error);
    logger.fatal("text", { error, a: 1 });
    logger.info({ message: "text", a: 1 });
    logger.child({ b: 2 }, "app.other").info("text");
    // @ts-expect-error JavaScript has no types
    logger.info(undefined, 7, null);
    await logger.close();
    const failed = { "error.type": "TypeError", "error.message": "no", "error.stack_trace": error.stack };
    expect(lines).toMatchObject([
      { "log.level": "trace", message: "text", "log.logger": "app.pay" },
      { "log.level": "debug", message: "text", a: 1 },
      { "log.level": "info", message: "text", a: 1 },
      { "log.level": "warn", message: "no", ...failed },
      { "log.level": "error", message: "text", ...failed },
      { "log.level": "fatal", message: "text", a: 1, ...failed },
      { message: "text", a: 1 },
      { message: "text", b: 2, "log.logger": "app.other" },
      { "log.level": "info" },
    ]);
    expect(lines.some((line) => "message_" in line || "error" in line)).toBe(false);
  });

  it("leaves out what is below its level", async () => {
    const { lines, client } = memoryClient();
    const logger = new KinesisLogger("app", { client, level: "warn" });
    logger.info("left out");
    logger.warn("there");
    await logger.close();
    expect(lines.map(({ message }) => message)).toEqual(["there"]);
    expect([logger.isEnabled("info"), logger.isEnabled("error")]).toEqual([false, true]);
  });

  it("is refused with all that is wrong with its options, when it is made", () => {
    const options = {
      recordBytes: 10,
      bufferSeconds: Number.NaN,
      compress: "zip",
      level: "loud",
      tags: { a: 1 },
      format: "x",
    };
    // @ts-expect-error JavaScript has no types
    const make = () => new KinesisLogger("no/name", options);
    expect(make).toThrow(LoggerOptionsError);
    expect(make).toThrow(
      /stream is "no\/name".*; recordBytes is 10; it can be 1000 to 1000000; compress is zip.*; bufferSeconds is NaN.*; format is x.*; tags .*; level is loud/,
    );
    expect(() => new FirehoseLogger("x".repeat(65))).toThrow(/deliveryStream is .* up to 64/);
  });
});

describe("flushing", () => {
  it("ends an invocation after its lines were sent, even if it fails, and no later than it may", async () => {
    let delay = 50;
    const { lines, client } = memoryClient(() => new Promise((resolve) => setTimeout(resolve, delay).unref()));
    const logger = new KinesisLogger("app", { client, bufferSeconds: 900, onWarning });
    const handler = flushing(async (event: string, _context: { getRemainingTimeInMillis(): number }) => {
      logger.info(event);
      if (event === "fails") throw new Error(event);
      return event;
    });
    expect(await handler("ends", { getRemainingTimeInMillis: () => 10_000 })).toBe("ends");
    expect(lines.map(({ message }) => message)).toEqual(["ends"]);
    await expect(handler("fails", { getRemainingTimeInMillis: () => 10_000 })).rejects.toThrow("fails");
    expect(lines.map(({ message }) => message)).toEqual(["ends", "fails"]);
    delay = 5_000;
    expect(await handler("in a hurry", { getRemainingTimeInMillis: () => 600 })).toBe("in a hurry");
    expect(lines).toHaveLength(2);
    delay = 0;
    await logger.close(0);
    expect(told).toEqual(["exit"]);
  });
});

describe("the transport of winston", () => {
  it("writes level, message, fields and errors, and has sent them when the logger has finished", async () => {
    const { lines, client } = memoryClient();
    const transport = new WinstonTransport({ stream: "app", client, service: "shop", onWarning });
    const logger = createLogger({
      level: "debug",
      format: format.combine(format.errors({ stack: true }), format.timestamp(), format.colorize()),
      transports: [transport],
    });
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    logger.info("text", { a: 1, cyclic });
    logger.child({ b: 2 }).debug("text");
    logger.error(new TypeError("no"));
    const finished = new Promise((resolve) => logger.on("finish", resolve));
    logger.end();
    await finished;
    while (lines.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(lines).toMatchObject([
      { "log.level": "info", message: "text", a: 1, cyclic: { self: "[circular]" }, "service.name": "shop" },
      { "log.level": "debug", message: "text", b: 2 },
      {
        "log.level": "error",
        message: "no",
        "error.type": "TypeError",
        "error.stack_trace": expect.stringMatching(/^TypeError: no\n/),
      },
    ]);
    expect(transport.stats()).toMatchObject({ accepted: 3, delivered: 3 });
    expect(told).toEqual(["unsayable"]);
  });
});
