import { gzipSync } from "node:zlib";
import { awsClients } from "../../../local/aws/clients";
import { archivedEnvelopes } from "../../../local/report/archive";
import { ArchivedEvents } from "../../../local/report/archived-events";
import { idOfEvent, ledgerOf } from "../../support/ledger";
import { collect } from "../../support/log-events";
import { type S3Server, startS3 } from "../../support/s3-server";

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
    logGroup,
    logStream: "s",
    logEvents: numbers.map((n) => ({ id: idOfEvent(n), timestamp: 1, message: "a\u2028b" })),
  });

/** As the forwarder writes it: a gzip member for each envelope. */
const put = (name: string, ...envelopes: string[]) => {
  server.put(`logs/archive/${name}`, Buffer.concat(envelopes.map((text) => gzipSync(`${text}\n`))));
};

describe("ArchivedEvents", () => {
  it("finds events, and the size of what holds them, by log group", async () => {
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

  it("reads no object twice", async () => {
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

  it("forgets what an object held that has become another one", async () => {
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

describe("archivedEnvelopes", () => {
  it("reads large envelopes whose characters the chunks cut", async () => {
    const message = "größe 🐈".repeat(100_000);
    const text = JSON.stringify({ logGroup: "foo", logEvents: [{ id: "1", timestamp: 1, message }] });
    put("1", text, envelope("bar", 4), text);
    const all = await collect(archivedEnvelopes(awsClients(server.origin).s3, "bucket", "logs/archive/1"));
    expect(all.map(({ logGroup }) => logGroup)).toEqual(["foo", "bar", "foo"]);
    expect(all[2]!.logEvents[0]!.message).toBe(message);
  });

  it("fails for an object that is cut off", async () => {
    server.put("logs/archive/1", gzipSync(envelope("foo", 1)).subarray(0, -12));
    await expect(events.update()).rejects.toThrow("unexpected end of file");
  });
});
