import { LimitError } from "../../../local/delivery/limited-lines";
import { ReadOnce } from "../../../local/delivery/read-once";

let now: number;
let reading: ReadOnce;
/** Keys in the order in which they were read. */
let read: string[];
/** Why those with these keys cannot be read, and how long each attempt takes, in milliseconds. */
let failing: Map<string, { error: Error; takesMs?: number }>;

beforeEach(() => {
  [now, read, failing] = [0, [], new Map()];
  reading = new ReadOnce(() => now);
});

const objects = (keys: string, eTag = "1") => new Map([...keys].map((key) => [key, { bytes: 1, eTag }]));
const round = (keys: string, max?: number) =>
  reading.read(
    objects(keys),
    async (key) => {
      read.push(key);
      const failure = failing.get(key);
      if (!failure) return;
      now += failure.takesMs ?? 0;
      throw failure.error;
    },
    max,
  );
const takeRead = () => read.splice(0).join("");
const denied = Object.assign(new Error("Access Denied."), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });

describe("ReadOnce", () => {
  it("reads each object once, and so many of them in a round", async () => {
    reading.skip(objects("a"));
    expect(await round("abcd", 2)).toBe(false);
    expect(takeRead()).toBe("bc");
    expect(await round("abcd", 2)).toBe(true);
    expect(await round("abcd")).toBe(true);
    expect(takeRead()).toBe("d");
  });

  it("tells when one is gone or another one, and reads that", async () => {
    await round("ab");
    expect(reading.isOutdated(objects("abc"))).toBe(false);
    expect(reading.isOutdated(objects("a"))).toBe(true);
    expect(reading.isOutdated(objects("ab", "2"))).toBe(true);
  });

  it("names one that cannot be read, reads the others, and tries it again half a minute later, after the new ones", async () => {
    failing.set("a", { error: denied });
    expect(await round("abc")).toBe(true);
    expect(takeRead()).toBe("abc");
    expect([...reading.unreadable]).toEqual([["a", "AccessDenied (403): Access Denied"]]);
    now += 29_999;
    await round("abc");
    expect(takeRead()).toBe("");
    now += 1;
    failing.clear();
    await round("abcd");
    expect(takeRead()).toBe("da");
    expect(reading.unreadable.size).toBe(0);
  });

  it("names one that is too large, and never reads it again", async () => {
    failing.set("a", { error: new LimitError("it has a line of more than 8 MiB") });
    await round("a");
    now += 3_600_000;
    await round("a");
    expect(takeRead()).toBe("a");
    expect([...reading.unreadable]).toEqual([["a", "it has a line of more than 8 MiB"]]);
  });

  it("names none any more that is taken for read", async () => {
    failing.set("a", { error: denied });
    await round("a");
    reading.skip(objects("a"));
    expect(reading.unreadable.size).toBe(0);
    now += 30_000;
    await round("a");
    expect(takeRead()).toBe("a");
  });

  it("names none that is gone since it was listed, and forgets what is not listed any more", async () => {
    failing.set("a", { error: Object.assign(new Error(), { name: "NoSuchKey" }) }).set("b", { error: denied });
    await round("ab");
    expect([...reading.unreadable.keys()]).toEqual(["b"]);
    expect(takeRead()).toBe("ab");
    await round("ac", 1);
    expect(takeRead()).toBe("c");
    await round("ac", 1);
    expect(takeRead()).toBe("a");
    expect(reading.unreadable.size).toBe(0);
  });

  it("leaves the rest to the next round after objects that stall", async () => {
    for (const key of "abc") failing.set(key, { error: new Error("stalls"), takesMs: 9_000 });
    expect(await round("abcd")).toBe(false);
    expect(takeRead()).toBe("ab");
    expect(await round("abcd")).toBe(true);
    expect(takeRead()).toBe("cd");
  });
});
