import fc from "fast-check";
import { JsonText } from "../../../../packages/node-logger/src/line/json-text";
import { TooLongError } from "../../../../packages/node-logger/src/line/too-long-error";

const LIMITS = { maxLength: 100_000, maxString: 1_000, maxItems: 100 };

const written = (value: unknown, limits = LIMITS) => {
  const json = new JsonText(limits);
  const text = json.value(value);
  return { value: text === undefined ? undefined : JSON.parse(text), json };
};

const throws = (message: string) => () => {
  throw new Error(message);
};

describe("a value as JSON", () => {
  it("is what JSON.stringify makes of it, if that can say it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(new JsonText(LIMITS).value(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it("is JSON, whatever it is", () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withObjectString: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
    });
    fc.assert(fc.property(anything, (value) => void written(value)));
  });

  it("shows what JSON leaves out or refuses", () => {
    const { value } = written({
      map: new Map<unknown, unknown>([
        ["a", 1],
        [2, new Set([1n])],
      ]),
      date: new Date(-1),
      noDate: new Date(Number.NaN),
      symbol: Symbol("s"),
      big: 2n ** 70n,
      bytes: Buffer.from("hello"),
      nan: Number.NaN,
      none: undefined,
      method: () => 1,
      url: new URL("https://a.example/b"),
    });
    expect(value).toEqual({
      map: { a: 1, 2: ["1"] },
      date: "1969-12-31T23:59:59.999Z",
      noDate: null,
      symbol: "Symbol(s)",
      big: "1180591620717411303424",
      bytes: "aGVsbG8=",
      nan: null,
      url: "https://a.example/b",
    });
  });

  it("has each name of a map once", () => {
    const map = new Map<unknown, unknown>([
      [1, "a"],
      ["1", "b"],
    ]);
    expect(written(map).value).toEqual({ 1: "a", "1_1": "b" });
  });

  it("is too long if it is lists alone, or members that are left out", () => {
    const nested = (depth: number): unknown[] => (depth === 0 ? [] : Array(10).fill(nested(depth - 1)));
    let shared: unknown[] = [];
    for (let depth = 0; depth < 15; depth++) shared = Array(10).fill(shared);
    const none = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, undefined]));
    expect(written(nested(2)).value).toEqual(nested(2));
    expect(() => written(shared)).toThrow(TooLongError);
    expect(() => written(Array(99).fill(Array(99).fill(none)))).toThrow(TooLongError);
  });

  it("has an error's type, message and stack, and what else it has, but no toJSON of it", () => {
    const error = Object.assign(new TypeError("no"), { code: "E1", message2: 1, toJSON: throws("secret") });
    expect(written({ error }).value.error).toEqual({
      type: "TypeError",
      message: "no",
      stack: expect.stringMatching(/^TypeError: no\n/),
      code: "E1",
      message2: 1,
    });
  });

  it("goes on after what throws, and counts it", () => {
    const getter = Object.defineProperty({ before: 1 }, "bad", { enumerable: true, get: throws("getter") });
    const proxy = new Proxy({}, { ownKeys: throws("trap") });
    const thrower = {
      toJSON: () => {
        throw Object.defineProperty(new Error(), "message", { get: throws("message") });
      },
    };
    const { value, json } = written([getter, proxy, { toJSON: throws("toJSON") }, thrower, "after"]);
    expect(value).toEqual([
      { before: 1, bad: "[throws Error: getter]" },
      "[throws Error: trap]",
      "[throws Error: toJSON]",
      "[throws what cannot be read]",
      "after",
    ]);
    expect(json.unsayable).toBe(4);
  });

  it("ends at a cycle and at 20 levels, and shows twice what is there twice", () => {
    const cyclic: Record<string, unknown> = { twice: [1] };
    cyclic.again = cyclic.twice;
    cyclic.self = { cyclic };
    let deep: unknown = "bottom";
    for (let i = 0; i < 30; i++) deep = [deep];
    expect(written(cyclic).value).toEqual({ twice: [1], again: [1], self: { cyclic: "[circular]" } });
    expect(JSON.stringify(written(deep).value)).toBe(`${"[".repeat(20)}"[deeper than 20]"${"]".repeat(20)}`);
  });

  it("has its long strings, lists, maps and objects cut, and says so", () => {
    const limits = { maxLength: 10_000, maxString: 10, maxItems: 2 };
    expect(written("x".repeat(15), limits).value).toBe(`${"x".repeat(10)}… (5 characters cut)`);
    expect(written([1, 2, 3, 4], limits).value).toEqual([1, 2, "… (2 more)"]);
    expect(written(new Set([1, 2, 3]), limits).value).toEqual([1, 2, "… (1 more)"]);
    expect(written({ a: 1, b: 2, c: 3 }, limits).value).toEqual({ a: 1, b: 2 });
    for (const long of [
      "x".repeat(11),
      [1, 2, 3],
      { a: 1, b: 2, c: 3 },
      Buffer.alloc(9),
      new Map([
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
    ]) {
      expect(written(long, limits).json.isCut).toBe(true);
    }
  });

  it("is given up when it is longer than it may be, even if members appear as fast as they are written", () => {
    const endless = (): object => ({
      get a() {
        return endless();
      },
      get b() {
        return { toJSON: endless };
      },
    });
    expect(() => written(endless(), { ...LIMITS, maxLength: 1_000 })).toThrow(TooLongError);
  });
});
