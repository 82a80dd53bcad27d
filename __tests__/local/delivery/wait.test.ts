import { gzipSync } from "node:zlib";
import { awsClients } from "../../../local/aws/clients";
import { emulatorDocumentId } from "../../../local/delivery/event-id";
import type { EventLedger } from "../../../local/delivery/event-ledger";
import { waitForDelivery } from "../../../local/delivery/wait";
import { type HttpServer, startServer } from "../../support/http-server";
import { idOfEvent, ledgerOf } from "../../support/ledger";
import { type S3Server, startS3 } from "../../support/s3-server";
import { wholeAnswer } from "../../support/search-answer";

let engine: HttpServer;
let s3: S3Server;
/** The `_id`s in the index, as often as there are documents. */
let documents: string[];
/** How many ids were asked for. */
let asked: number;
/** What the n-th request is answered with instead. */
let busy: Map<number, number>;

beforeEach(async () => {
  documents = [];
  asked = 0;
  busy = new Map();
  s3 = await startS3("bucket");
  engine = await startServer(({ body }, response) => {
    const status = busy.get(engine.requests.length);
    if (status) {
      response.writeHead(status).end("not now");
      return;
    }
    const { query, size, _source } = JSON.parse(body.toString());
    expect(_source).toBe(false);
    const ids = new Set<string>(query.ids.values);
    asked += ids.size;
    const hits = documents.filter((id) => ids.has(id)).slice(0, size);
    response.end(JSON.stringify({ ...wholeAnswer(), hits: { hits: hits.map((_id) => ({ _id })) } }));
  });
});

afterEach(async () => {
  await engine.stop();
  await s3.stop();
});

const numbers = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);
const index = (logGroup: string, ...all: number[]) =>
  documents.push(...all.map((n) => emulatorDocumentId(idOfEvent(n), logGroup)));
function archive(logGroup: string, ...all: number[]) {
  const logEvents = all.map((n) => ({ id: idOfEvent(n), timestamp: 1, message: "m" }));
  const envelope = { messageType: "DATA_MESSAGE", owner: "123456789012", logGroup, logStream: "s", logEvents };
  s3.put(`archive/${logGroup}-${all[0]}`, gzipSync(`${JSON.stringify(envelope)}\n`));
}

/** @param stallSeconds how long to wait for events that never arrive */
function wait(ledger: EventLedger, onProgress: (count: number, step: string) => void = () => {}, stallSeconds = 60) {
  const destinations = {
    search: { endpoint: engine.origin, indexPattern: "cwl-*" },
    archive: { bucket: "bucket", prefix: "" },
    s3: awsClients(s3.origin).s3,
  };
  return waitForDelivery(ledger, destinations, onProgress, { stallSeconds, pollMs: 5 });
}

const groupsOf = async (...args: Parameters<typeof wait>) => (await wait(...args)).groups;

describe("waitForDelivery", () => {
  it("reports each log group once all its events have arrived", async () => {
    const ledger = ledgerOf([
      { logGroup: "foo", first: 1, count: 5_000 },
      { logGroup: "bar", first: 5_001, count: 1 },
    ]);
    index("foo", ...numbers(1, 5_000), 9_999);
    index("bar", 5_001);
    archive("foo", ...numbers(1, 5_000));
    archive("bar", 5_001);
    expect(await groupsOf(ledger)).toMatchObject([
      { logGroup: "foo", put: 5_000, indexed: 5_000, archived: 5_000, archivedObjects: 1, duplicates: 0, lost: 0 },
      { logGroup: "bar", put: 1, indexed: 1, archived: 1, archivedObjects: 1, duplicates: 0, lost: 0 },
    ]);
    // Once while they arrive, once to verify.
    expect(asked).toBe(2 * 5_001);
  });

  it("searches only for the last event of each call until it is found", async () => {
    const ledger = ledgerOf([
      { logGroup: "foo", first: 1, count: 1_000 },
      { logGroup: "foo", first: 2_001, count: 1_000 },
    ]);
    index("foo", ...numbers(1, 1_000));
    archive("foo", ...numbers(1, 1_000), ...numbers(2_001, 1_000));
    const progress: [number, string][] = [];
    const waiting = groupsOf(ledger, (count, step) => {
      progress.push([count, step]);
      if (progress.length === 3) index("foo", ...numbers(2_001, 1_000));
    });
    expect(await waiting).toMatchObject([{ put: 2_000, lost: 0, searchableSeconds: expect.any(Number) }]);
    expect(progress.slice(0, 3)).toEqual(Array(3).fill([1_000, "searchable"]));
    expect(progress.slice(-2)).toEqual([
      [2_000, "archived"],
      [2_000, "verified"],
    ]);
    expect(asked).toBeLessThan(2 * 2_000 + 20);
  });

  it.each([429, 503])("retries a search after status %i", async (status) => {
    const ledger = ledgerOf([{ logGroup: "foo", first: 1, count: 10 }]);
    index("foo", ...numbers(1, 10));
    archive("foo", ...numbers(1, 10));
    // The first answer, and the one that verifies.
    busy = new Map([
      [1, status],
      [4, status],
    ]);
    expect(await groupsOf(ledger)).toMatchObject([{ indexed: 10, lost: 0, searchableSeconds: expect.any(Number) }]);
    expect(engine.requests).toHaveLength(5);
  });

  it("fails with the engine's response", async () => {
    busy = new Map([[1, 400]]);
    await expect(wait(ledgerOf([{ logGroup: "foo", first: 1, count: 1 }]))).rejects.toThrow("_search answered 400");
  });

  it("ends the wait when no further event arrives, and counts lost events", async () => {
    const ledger = ledgerOf([
      { logGroup: "foo", first: 1, count: 10 },
      { logGroup: "bar", first: 11, count: 10 },
    ]);
    index("foo", ...numbers(1, 9));
    index("bar", ...numbers(11, 10));
    archive("foo", ...numbers(1, 10));
    archive("bar", ...numbers(11, 8));
    const { groups } = await wait(ledger, () => {}, 0.05);
    expect(groups).toMatchObject([
      { logGroup: "foo", indexed: 9, archived: 10, lost: 1, searchableSeconds: undefined },
      { logGroup: "bar", indexed: 10, archived: 8, lost: 2, searchableSeconds: expect.any(Number) },
    ]);
  });

  it("counts duplicates, even more of them than one response holds", async () => {
    const ledger = ledgerOf([{ logGroup: "foo", first: 1, count: 2_000 }]);
    for (let n = 0; n < 3; n++) index("foo", ...numbers(1, 2_000));
    archive("foo", ...numbers(1, 2_000), 7);
    expect(await groupsOf(ledger)).toMatchObject([{ indexed: 2_000, duplicates: 4_001, lost: 0 }]);
  });

  it.each<[string, () => void, object]>([
    ["copies", () => s3.put("archive/copy", s3.objects.get("archive/foo-1")!.body), { duplicates: 5, lost: 0 }],
    ["deletes", () => s3.objects.delete("archive/foo-1"), { archived: 5, duplicates: 0, lost: 5 }],
    ["overwrites", () => s3.put("archive/foo-1", s3.objects.get("archive/foo-6")!.body), { duplicates: 5, lost: 5 }],
    ["spoils", () => s3.put("archive/foo-1", Buffer.from("text")), { archived: 5, duplicates: 0, lost: 5 }],
  ])("notices that somebody %s an object of the archive while the index is verified", async (_, change, expected) => {
    index("foo", ...numbers(1, 10));
    archive("foo", ...numbers(1, 5));
    archive("foo", ...numbers(6, 5));
    const groups = await groupsOf(ledgerOf([{ logGroup: "foo", first: 1, count: 10 }]), (_, step) => {
      if (step === "verified") change();
    });
    expect(groups).toMatchObject([expected]);
  });

  it("lists objects of the archive that the pipeline did not write", async () => {
    index("foo", 1);
    archive("foo", 1);
    s3.put("archive/readme.txt", Buffer.from("text"));
    const { groups, foreignObjects } = await wait(ledgerOf([{ logGroup: "foo", first: 1, count: 1 }]));
    expect(groups).toMatchObject([{ archivedObjects: 1, duplicates: 0, lost: 0 }]);
    expect(foreignObjects).toEqual(["archive/readme.txt"]);
  });
});
