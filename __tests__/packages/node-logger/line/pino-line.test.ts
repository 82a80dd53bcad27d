import fc from "fast-check";
import pino, { type LoggerOptions } from "pino";
import { ownIdIn } from "../../../../core/events/own-id";
import { lineShape } from "../../../../packages/node-logger/src/line/line-source";
import { PinoLines } from "../../../../packages/node-logger/src/line/pino-line";

const SOURCE = { service: "shop", tags: { team: "pay" } };

/** What the transport makes of the line that pino writes. */
function logged(log: (logger: pino.Logger) => void, options: LoggerOptions = {}, names = {}) {
  let line = "";
  log(
    pino(options, {
      write: (text) => {
        line = text;
      },
    }),
  );
  const { text } = new PinoLines(lineShape(SOURCE), names).convert(line);
  return { line, text, fields: JSON.parse(text) as Record<string, unknown> };
}

describe("a line of pino's", () => {
  it("gets the names of ECS and an id", () => {
    const { line, text, fields } = logged((logger) =>
      logger.child({ request: 7 }).warn({ a: { b: [1] } }, 'a "message"'),
    );
    const { time } = JSON.parse(line) as { time: number };
    expect(fields).toEqual({
      "@timestamp": new Date(time).toISOString(),
      "log.level": "warn",
      message: 'a "message"',
      "ecs.version": "8.11.0",
      "service.name": "shop",
      "labels.team": "pay",
      "host.hostname": expect.any(String),
      "process.pid": process.pid,
      "process.thread.name": "main",
      request: 7,
      a: { b: [1] },
      "event.id": expect.any(String),
    });
    expect(ownIdIn(text)).toBe(fields["event.id"]);
  });

  it("is the same whether it is parsed or not", () => {
    const fields = fc.dictionary(
      fc.oneof(
        fc.string(),
        fc.constantFrom("msg", "message", "event", "event.id", "err", "name", "level", "time", "pid"),
      ),
      fc.jsonValue(),
      { maxKeys: 4 },
    );
    // A space before the last brace makes the same JSON a line that is always parsed.
    const parsed = (line: string) => new PinoLines(lineShape(SOURCE)).convert(line.replace(/\}\n$/, " }"));
    fc.assert(
      fc.property(fields, fc.string({ unit: "binary" }), (members, message) => {
        const { line, text } = logged((logger) => logger.info(members, message));
        const strip = (json: string) => ({ ...(JSON.parse(json) as object), "event.id": "" });
        expect(strip(text)).toEqual(strip(parsed(line).text));
        expect(ownIdIn(text)).toMatch(/^[\da-f-]{36}$/);
      }),
    );
  });

  it("has its logger's name, and the error that pino has written", () => {
    const error = Object.assign(new TypeError("no"), { code: "E1" });
    const { fields } = logged((logger) => logger.error(error, "failed"), { name: "app.pay" });
    expect(fields).toMatchObject({
      "log.logger": "app.pay",
      "error.type": "TypeError",
      "error.message": "no",
      "error.stack_trace": error.stack,
      "error.code": "E1",
      message: "failed",
    });
  });

  it("is read by the names and levels that pino has", () => {
    const options = { messageKey: "text", errorKey: "problem", customLevels: { notice: 35 } };
    const names = { messageKey: "text", errorKey: "problem", levels: { labels: { 35: "notice" } } };
    const { fields } = logged(
      (logger) => (logger as unknown as pino.Logger<"notice">).notice(new Error("x")),
      options,
      names,
    );
    expect(fields).toMatchObject({ "log.level": "notice", message: "x", "error.message": "x" });
  });

  it.each<[string, LoggerOptions]>([
    ["ISO 8601", { timestamp: pino.stdTimeFunctions.isoTime }],
    ["seconds", { timestamp: pino.stdTimeFunctions.unixTime }],
    ["milliseconds", {}],
    ["none", { timestamp: false }],
  ])("has its time: %s", (_, options) => {
    const { fields } = logged((logger) => logger.info("now"), options);
    expect(Math.abs(Date.parse(fields["@timestamp"] as string) - Date.now())).toBeLessThan(60_000);
  });

  it("stays as it is if it is ECS already, but for an id that somebody else has chosen", () => {
    const ecs = { "log.level": "info", "@timestamp": "2026-11-27T01:02:03.004Z", message: "hello" };
    const convert = (line: object) => JSON.parse(new PinoLines(lineShape(SOURCE)).convert(JSON.stringify(line)).text);
    expect(convert(ecs)).toEqual({ ...ecs, "event.id": expect.any(String) });
    const mine = "0b1d3a4e-0000-4000-8000-000000000000";
    const changed = convert({ ...ecs, "event.id": mine, event: { id: mine, action: "login" } });
    expect(changed).toMatchObject({ "event.id_": mine, event: { action: "login" } });
    expect(changed["event.id"]).not.toBe(mine);
  });

  it("has pino's own level and time, even if a stranger's text has others", () => {
    const body = { level: 60, time: 0, "log.level": "fatal", "@timestamp": "1999-01-01T00:00:00Z" };
    const { fields } = logged((logger) => logger.info(body, "received"));
    expect(fields).toMatchObject({ "log.level": "info", level: 60, time: 0, "log.level_": "fatal" });
    expect(fields["@timestamp"]).not.toMatch(/^19/);
  });

  it("is a message if it is no JSON", () => {
    const { text } = new PinoLines(lineShape(SOURCE)).convert("plain text\n");
    expect(JSON.parse(text)).toMatchObject({ message: "plain text", "log.level": "info" });
  });
});
