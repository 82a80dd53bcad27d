import { flushing, KinesisLogger, type LoggerWarning } from "../../../packages/node-logger/src";
import { memoryClient } from "../../support/memory-client";

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
