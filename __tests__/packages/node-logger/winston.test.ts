import { createLogger, format } from "winston";
import type { LoggerWarning } from "../../../packages/node-logger/src";
import { WinstonTransport } from "../../../packages/node-logger/src/winston";
import { memoryClient } from "../../support/memory-client";

describe("the transport of winston", () => {
  it("writes an error's type, message and stack, however it is logged and whichever formats there are", async () => {
    const errors = format.errors({ stack: true });
    const formats = [format.json(), errors, format.combine(errors, format.splat(), format.timestamp())];
    for (const ofLogger of formats) {
      const { lines, client } = memoryClient();
      const transport = new WinstonTransport({ stream: "app", client });
      const logger = createLogger({ format: ofLogger, transports: [transport], defaultMeta: { shop: 1 } });
      const make = (message: string) => Object.assign(new TypeError(message), { code: "E1" });
      logger.error(make("no"));
      logger.error(make(""));
      logger.error("failed", make("no"));
      logger.error("failed", { error: make("no") });
      logger.log("error", make("no"));
      logger.log({ level: "error", message: make("no") as never });
      await transport.flush();
      const error = { "log.level": "error", shop: 1, "error.type": "TypeError" };
      const messages = ["no", "", "failed no", "failed", "no", "no"];
      expect(lines.map(({ message }) => message)).toEqual(messages);
      expect(lines).toMatchObject(
        messages.map((_, i) => ({
          ...error,
          "error.message": i === 1 ? "" : "no",
          "error.stack_trace": expect.anything(),
        })),
      );
      transport.close();
    }
  });

  it("writes winston's levels as those that all loggers have", async () => {
    const { lines, client } = memoryClient();
    const transport = new WinstonTransport({ stream: "app", client, level: "silly" });
    const logger = createLogger({ transports: [transport] });
    for (const level of ["error", "warn", "info", "http", "verbose", "debug", "silly"]) logger.log(level, level);
    await transport.flush();
    const levels = lines.map((line) => line["log.level"]);
    expect(levels).toEqual(["error", "warn", "info", "debug", "debug", "debug", "trace"]);
    transport.close();
  });

  it("throws nothing into the application, whatever is logged", async () => {
    const { lines, client } = memoryClient();
    const transport = new WinstonTransport({ stream: "app", client });
    const logger = createLogger({ format: format((info) => info)(), transports: [transport] });
    const throwing = Object.defineProperty(new Error("no"), "code", {
      enumerable: true,
      get: () => {
        throw new Error("read");
      },
    });
    logger.error(throwing);
    logger.info("with a stack", { stack: 7 });
    await transport.flush();
    expect(lines).toMatchObject([
      { message: "no", "error.message": "no" },
      { message: "with a stack", stack: 7 },
    ]);
    transport.close();
  });

  it("writes level, message, fields and errors, and has sent them when the logger has finished", async () => {
    const told: string[] = [];
    const { lines, client } = memoryClient();
    const transport = new WinstonTransport({
      stream: "app",
      client,
      service: "shop",
      onWarning: ({ kind }: LoggerWarning) => told.push(kind),
    });
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
