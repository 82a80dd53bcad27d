import fc from "fast-check";
import { ownIdIn } from "../../../../core/events/own-id";
import { lineShape } from "../../../../packages/node-logger/src/line/line-source";
import { LineWriter, MAX_LOG_LINE_BYTES } from "../../../../packages/node-logger/src/line/line-writer";

const TIME = Date.parse("2026-11-27T01:02:03.004Z");
const SOURCE = { service: "shop", environment: "production", version: "1.2", tags: { team: "pay" } };
const entry = { time: TIME, level: "info", message: "hello" };

const parsed = ({ text }: { text: string }) => JSON.parse(text) as Record<string, unknown>;

describe("a line", () => {
  it("has the names of ECS", () => {
    const line = parsed(new LineWriter(SOURCE, "app.pay").write({ ...entry, fields: { order: 7 } }));
    expect(line).toEqual({
      "@timestamp": "2026-11-27T01:02:03.004Z",
      "log.level": "info",
      message: "hello",
      "log.logger": "app.pay",
      "ecs.version": "8.11.0",
      "service.name": "shop",
      "service.environment": "production",
      "service.version": "1.2",
      "labels.team": "pay",
      "host.hostname": expect.any(String),
      "process.pid": process.pid,
      "process.thread.name": expect.any(String),
      order: 7,
      "event.id": expect.any(String),
    });
  });

  it("has short names by choice", () => {
    const line = parsed(new LineWriter({ ...SOURCE, format: "plain" }, "app.pay").write(entry));
    expect(line).toEqual({
      timestamp: "2026-11-27T01:02:03.004Z",
      level: "info",
      message: "hello",
      logger: "app.pay",
      tags: { applicationName: "shop", deployedTo: "production", version: "1.2", team: "pay" },
      hostname: expect.any(String),
      processId: process.pid,
      thread: expect.any(String),
      "event.id": expect.any(String),
    });
  });

  it("has an id that the forwarder makes the document's, and that no other line has", () => {
    const writer = new LineWriter({});
    const ids = new Set(Array.from({ length: 1_000 }, () => ownIdIn(writer.write(entry).text)));
    expect(ids.size).toBe(1_000);
    expect(ids).not.toContain(undefined);
  });

  it("is one line of JSON with the library's own fields, whatever an application logs", () => {
    const names = fc.constantFrom(
      ...["event", "event.id", "id", "log", "level", "log.level", "@timestamp", "timestamp", "message", "event.id_"],
      ...["process", "thread", "name", "error", "type", "labels", "__proto__", "toString", "ecs.version"],
    );
    const tree = fc.letrec((tie) => ({
      tree: fc.dictionary(names, fc.oneof({ maxDepth: 4 }, fc.anything(), tie("tree")), { maxKeys: 5 }),
    })).tree as fc.Arbitrary<object>;
    const formats = fc.constantFrom("ecs" as const, "plain" as const);
    fc.assert(
      fc.property(tree, tree, formats, fc.string({ unit: "binary" }), (fields, bound, format, message) => {
        const shape = lineShape({ ...SOURCE, format });
        const written = new LineWriter(shape).child(bound).write({ ...entry, message, fields });
        const { names, constants } = shape;
        expect(written.text).not.toMatch(/[\n\r]/);
        expect(duplicatesIn(written.text)).toEqual([]);
        const line = parsed(written);
        expect(line).toMatchObject(constants);
        expect([line[names.time], line[names.level]]).toEqual(["2026-11-27T01:02:03.004Z", "info"]);
        expect(line[names.message]).toBe(JSON.parse(JSON.stringify(message)));
        expect(ownIdIn(written.text)).toMatch(/^[\da-f-]{36}$/);
        expect(Object.keys(line)).not.toContain("event");
      }),
    );
  });

  it("keeps an application's fields of these names under others", () => {
    const fields = { level: "x", "event.id": 1, event: { id: 2, action: "login" }, log: "text", process: { pid: 3 } };
    expect(parsed(new LineWriter({}).write({ ...entry, fields }))).toMatchObject({
      level: "x",
      "event.id_": 1,
      "event.id__": 2,
      "event.action": "login",
      log_: "text",
      "process.pid_": 3,
    });
  });

  it("has a bound field once, as the line itself gives it", () => {
    const child = new LineWriter({}).child({ a: 1, b: 2 });
    const { text } = child.write({ ...entry, fields: { a: 3 } });
    expect(parsed({ text })).toMatchObject({ a: 3, b: 2 });
    expect(duplicatesIn(text)).toEqual([]);
  });

  it("has an error with its causes and its own members", () => {
    const cause = new RangeError("inner");
    const error = Object.assign(new TypeError("outer", { cause }), { code: "E1", type: "mine" });
    expect(parsed(new LineWriter({}).write({ ...entry, error }))).toMatchObject({
      "error.type": "TypeError",
      "error.message": "outer",
      "error.stack_trace": expect.stringMatching(/^TypeError: outer\n[\s\S]*\nCaused by: RangeError: inner\n/),
      "error.code": "E1",
    });
  });

  it("fits into a record, and keeps as much as it can", () => {
    const writer = new LineWriter({});
    const lines: [object, string][] = [
      [{}, "x".repeat(5_000_000)],
      [{}, "\u0001".repeat(900_000)],
      [{}, "😀".repeat(400_000)],
      [{ list: Array.from({ length: 300_000 }, (_, i) => i) }, "list"],
      [Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`name${i}`, i])), "members"],
      [{ deep: Array.from({ length: 1_000 }, () => ({ text: "y".repeat(10_000) })) }, "strings"],
      [Object.fromEntries(Array.from({ length: 50 }, (_, i) => ["k".repeat(100_000) + i, i])), "names"],
    ];
    for (const [fields, message] of lines) {
      const { text, isCut } = writer.write({ ...entry, message, fields });
      expect(isCut).toBe(true);
      expect(Buffer.byteLength(text)).toBeLessThan(MAX_LOG_LINE_BYTES);
      expect(parsed({ text })).toMatchObject({
        message: expect.stringContaining(message.slice(0, 1_000)),
        "labels.truncated": "true",
      });
    }
    expect(writer.write({ ...entry, message: "x".repeat(5_000_000) }).text.length).toBeGreaterThan(900_000);
  });

  it("has a child's fields as far as they fit, whatever they are", () => {
    const writer = new LineWriter({});
    const hidden = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("trap");
        },
      },
    );
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "x".repeat(100_000)]));
    const bound: [object, string | undefined][] = [
      [many, undefined],
      [{ event: hidden }, undefined],
      [{}, "\u0001".repeat(900_000)],
    ];
    for (const [fields, logger] of bound) {
      const written = writer.child(fields, logger).write(entry);
      expect(parsed(written)).toMatchObject({ message: "hello", "labels.truncated": "true" });
      expect(written.isCut).toBe(true);
    }
    expect(parsed(writer.child(many).write(entry)).k0).toMatch(/^xxx/);
  });

  it("has each of an error's own members once", () => {
    const error = Object.assign(new Error("no"), { stack_trace: 1, stack_trace_: 2, code: 3 });
    const { text } = new LineWriter({}).child({ "error.code": 4 }).write({ ...entry, error });
    expect(duplicatesIn(text)).toEqual([]);
    expect(parsed({ text })).toMatchObject({ "error.stack_trace_": 1, "error.stack_trace__": 2, "error.code_": 3 });
  });

  it("takes no longer than its members need", () => {
    const event = Object.fromEntries(Array.from({ length: 55_000 }, (_, i) => [`k${i}`, 1]));
    const before = process.cpuUsage();
    new LineWriter({}).write({ ...entry, fields: { event } });
    // Processor time, as much on a busy machine; with the square of the members it would be many times that.
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });

  it("has its message even if its fields do not tell their names", () => {
    const fields = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("trap");
        },
      },
    );
    const written = new LineWriter({}).child(fields).write({ ...entry, fields });
    expect(parsed(written)).toMatchObject({ message: "hello" });
    expect(written.unsayable).toBe(1);
  });
});

/** The names that the object in a text has more than once. */
function duplicatesIn(json: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[[\]{}]/g)) {
    if ("[{".includes(token)) depth++;
    else if ("]}".includes(token)) depth--;
    else if (depth === 1 && token.endsWith(":")) names.push(token);
  }
  return names.filter((name, i) => names.indexOf(name) !== i);
}
