import { gzipSync } from "node:zlib";
import { DamagedError } from "../../../archive/outcome-errors";
import { awsClients } from "../../../local/aws/clients";
import { archivedEnvelopes } from "../../../local/delivery/archive";
import { ArchivedEvents } from "../../../local/delivery/archived-events";
import { idOfEvent, ledgerOf } from "../../support/ledger";
import { collect } from "../../support/log-events";
import { type S3Server, s3Error, startS3 } from "../../support/s3-server";

const ledger = ledgerOf([
  { logGroup: "foo", first: 1, count: 3 },
  { logGroup: "bar", first: 4, count: 1 },
]);

let server: S3Server;
let events: ArchivedEvents;

beforeEach(async () => {
  server = await startS3("bucket");
  events = new ArchivedEvents(ledger, awsClients(server.origin).s3, { bucket: "bucket", prefix: "logs/" });
});

afterEach(() => server.stop());

const envelope = (logGroup: string, ...numbers: number[]) =>
  JSON.stringify({
    messageType: "DATA_MESSAGE",
    owner: "123456789012",
    logGroup,
    logStream: "s",
    logEvents: numbers.map((n) => ({ id: idOfEvent(n), timestamp: 1, message: "a\u2028b" })),
  });

/** As the forwarder writes it: a gzip member for each envelope. */
const put = (name: string, ...envelopes: string[]) => {
  server.put(`logs/archive/${name}`, Buffer.concat(envelopes.map((text) => gzipSync(`${text}\n`))));
};

describe("ArchivedEvents", () => {
  it("finds events, and the number and size of their objects, by log group", async () => {
    put("1", envelope("foo", 1, 2));
    put("2", envelope("foo", 3), envelope("bar", 4));
    server.put("logs/dead-letter/3", Buffer.from("no gzip"));
    await events.update();
    expect(events.found.size).toBe(4);
    const bytes = [1, 2].map((n) => server.objects.get(`logs/archive/${n}`)!.body.length);
    expect(events.sizeOf("foo")).toEqual({ objects: 2, bytes: bytes[0]! + bytes[1]! });
    expect(events.sizeOf("bar")).toEqual({ objects: 1, bytes: bytes[1] });
    expect(events.sizeOf("baz")).toEqual({ objects: 0, bytes: 0 });
  });

  it("reads each object once", async () => {
    put("1", envelope("foo", 1));
    await events.update();
    put("2", envelope("foo", 2));
    await events.update();
    await events.update();
    expect(server.read).toEqual(["logs/archive/1", "logs/archive/2"]);
    expect(events.found.size).toBe(2);
    expect(events.found.duplicatesOf("foo")).toBe(0);
  });

  it("counts copies within an object and between objects", async () => {
    put("1", envelope("foo", 1, 1), envelope("foo", 1));
    put("2", envelope("foo", 1));
    await events.update();
    expect(events.found.size).toBe(1);
    expect(events.found.duplicatesOf("foo")).toBe(3);
  });

  it("forgets the content of an object that was replaced", async () => {
    put("1", envelope("foo", 1, 2));
    put("2", envelope("foo", 3));
    await events.update();
    put("1", envelope("foo", 2));
    await events.update();
    expect(events.found.size).toBe(2);
    expect(events.found.duplicatesOf("foo")).toBe(0);
    expect(events.sizeOf("foo").objects).toBe(2);
  });
});

describe("ArchivedEvents, with objects that the pipeline did not write", () => {
  it.each<[string, Buffer]>([
    ["is text", Buffer.from("see the wiki\n")],
    ["is a folder's marker", Buffer.alloc(0)],
    ["is gzip without a line", gzipSync("\n")],
    ["is gzip of null", gzipSync("null")],
    ["is gzip of no JSON", gzipSync("see the wiki")],
    ["holds an envelope without events", gzipSync('{"messageType":"DATA_MESSAGE","logGroup":"foo"}')],
    ["is cut off", gzipSync(envelope("foo", 1)).subarray(0, -12)],
    ["holds events, and something else", gzipSync(`${envelope("foo", 1, 2)}\n{}\n`)],
  ])("names an object that %s, and counts no event of it", async (_, body) => {
    server.put("logs/archive/", body);
    put("1", envelope("foo", 2));
    await events.update();
    await events.update();
    expect(events.foreign).toEqual(["logs/archive/"]);
    expect(events.found.size).toBe(1);
    expect(events.found.duplicatesOf("foo")).toBe(0);
    expect(events.sizeOf("foo").objects).toBe(1);
  });

  it("no longer names an object that was deleted", async () => {
    server.put("logs/archive/", Buffer.alloc(0));
    await events.update();
    server.objects.delete("logs/archive/");
    await events.update();
    expect(events.foreign).toEqual([]);
  });

  it("ignores an object that is deleted after it was listed", async () => {
    put("1", envelope("foo", 1));
    put("2", envelope("foo", 2));
    server.intercept = ({ target }, response) => {
      if (!target.includes("archive/1")) return false;
      s3Error(response, 404, "NoSuchKey", "The specified key does not exist.");
      return true;
    };
    await events.update();
    expect([events.found.size, events.foreign]).toEqual([1, []]);
    server.intercept = () => false;
    await events.update();
    expect(events.found.size).toBe(2);
  });
});

describe("ArchivedEvents, with objects that cannot be read", () => {
  it("names one that S3 refuses, and counts the others", async () => {
    put("1", envelope("foo", 1));
    put("2", envelope("foo", 2));
    server.intercept = ({ target }, response) => {
      if (!target.includes("archive/1")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    await events.update();
    expect([...events.unreadable]).toEqual([["logs/archive/1", "AccessDenied (403): Access Denied"]]);
    expect([events.found.size, events.foreign]).toEqual([1, []]);
  });

  it("names one with a line that is longer than any of the pipeline's, and counts the others", async () => {
    server.put("logs/archive/1", gzipSync(Buffer.alloc(257 * 1024 * 1024, "x"), { level: 1 }));
    put("2", envelope("foo", 2));
    await events.update();
    expect([...events.unreadable]).toEqual([["logs/archive/1", "it has a line of more than 256 MiB"]]);
    expect([events.found.size, events.foreign]).toEqual([1, []]);
  });
});

describe("archivedEnvelopes", () => {
  it("reads large envelopes whose characters are split between chunks", async () => {
    const message = "größe 🐈".repeat(100_000);
    const text = envelope("foo", 1).replace("a\u2028b", message);
    put("1", text, envelope("bar", 4), text);
    const all = await collect(archivedEnvelopes(awsClients(server.origin).s3, "bucket", "logs/archive/1"));
    expect(all.map(({ logGroup }) => logGroup)).toEqual(["foo", "bar", "foo"]);
    expect(all[2]!.logEvents[0]!.message).toBe(message);
  });

  it("reads no more of an object of short lines than any of the pipeline's has", async () => {
    server.put("logs/archive/1", gzipSync(Buffer.alloc(2 * 1024 * 1024, "\n"), { level: 1 }));
    const all = archivedEnvelopes(awsClients(server.origin).s3, "bucket", "logs/archive/1");
    await expect(collect(all)).rejects.toThrow("it holds more than 512 MiB");
  });

  it("fails for an object that is cut off", async () => {
    server.put("logs/archive/1", gzipSync(envelope("foo", 1)).subarray(0, -12));
    const all = archivedEnvelopes(awsClients(server.origin).s3, "bucket", "logs/archive/1");
    const error = await collect(all).catch((error) => error);
    expect(error).toBeInstanceOf(DamagedError);
    expect(error.message).toBe("no whole gzip: unexpected end of file");
  });
});
