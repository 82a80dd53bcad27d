import pino, { type LoggerOptions } from "pino";
import { pinoDestination } from "../../../packages/node-logger/src/pino";
import { memoryClient } from "../../support/memory-client";

describe("the destination of pino in the application's thread", () => {
  const logged = async (options: LoggerOptions, log: (logger: pino.Logger<"notice">) => void) => {
    const { lines, client } = memoryClient();
    const destination = pinoDestination({ stream: "app", client });
    log(pino(options, destination) as unknown as pino.Logger<"notice">);
    await destination.close();
    return lines;
  };

  it("reads lines by the names and levels that pino has", async () => {
    const options = { messageKey: "text", errorKey: "problem", customLevels: { notice: 35 } };
    const lines = await logged(options, (logger) => {
      logger.notice(new TypeError("no"), "failed");
      logger.info({ msg: "a field" }, "said");
    });
    expect(lines).toMatchObject([
      { "log.level": "notice", message: "failed", "error.type": "TypeError", "error.message": "no" },
      { "log.level": "info", message: "said", msg: "a field" },
    ]);
    expect(lines.some((line) => "text" in line || "problem" in line)).toBe(false);
  });

  it.each<[string, (label: string, number: number) => object, object]>([
    ["its name", (level) => ({ level }), { "log.level": "warn" }],
    ["another key", (label) => ({ severity: label.toUpperCase() }), { "log.level": "warn", severity: "WARN" }],
    ["both", (label, level) => ({ severity: label, level }), { "log.level": "warn", severity: "warn" }],
  ])("has the level that formatters.level writes: %s", async (_, level, expected) => {
    const [line] = await logged({ formatters: { level } }, (logger) => {
      logger.warn({ time: 7 }, "said");
    });
    expect(line).toMatchObject({ ...expected, message: "said", time: 7 });
    expect(line).not.toHaveProperty("level");
  });
});
