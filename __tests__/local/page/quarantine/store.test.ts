import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { awsClients } from "../../../../local/aws/clients";
import { QuarantineStore } from "../../../../local/page/quarantine/store";
import { QUARANTINE_BUCKET, quarantinePlaces, rejectedObject } from "../../../support/quarantined";
import { type S3Server, s3Error, startS3 } from "../../../support/s3-server";

/** Of the rejected object that S3 does not give; it is the newest. */
const BAD = "rejected/2026/11/21/03/bad/shard-1.gz";
const HALF = gzipSync(JSON.stringify({ half: "x".repeat(10_000) }), { level: 0 });

let s3: S3Server;
let now: number;
let store: QuarantineStore;
/** How the newest object is answered; undefined: as S3 does. */
let answer: ((response: ServerResponse) => unknown) | undefined;

beforeEach(async () => {
  [now, answer] = [0, undefined];
  s3 = await startS3(QUARANTINE_BUCKET);
  s3.intercept = ({ target }, response) => {
    if (!target.includes("/bad/") || !answer) return false;
    s3.read.push(BAD);
    answer(response);
    return true;
  };
  const sources = async () => ({ s3: awsClients(s3.origin).s3, places: quarantinePlaces() });
  store = new QuarantineStore(sources, { listEveryMs: 0, timeoutMs: 1_000, now: () => now });
  const written = (minute: number) => new Date(Date.UTC(2026, 10, 21, 4, minute));
  for (let n = 0; n < 2; n++) {
    const { key, body } = rejectedObject([{ message: "a", rejection: "good" }], { first: n + 1 });
    s3.put(key, body, {}, written(n));
  }
  s3.put(BAD, rejectedObject([{ message: "b", rejection: "bad" }], { first: 9 }).body, {}, written(9));
});
afterEach(() => s3.stop());

const rejected = () => store.places!.find(({ place }) => place.kind === "rejected")!;
/** Reasons with the number of their entries. */
const reasons = () =>
  rejected().objects.flatMap(({ tallies }) => tallies.map(({ reason, entries }) => [reason.text, entries]));
const refuse = (status: number, code: string, message: string) => (response: ServerResponse) =>
  s3Error(response, status, code, message);
const DENIED = refuse(403, "AccessDenied", "Access Denied");
const timesRead = () => s3.read.filter((key) => key === BAD).length;

describe("QuarantineStore", () => {
  it.each<[string, (response: ServerResponse) => unknown, string | RegExp]>([
    ["refuses", DENIED, "AccessDenied (403): Access Denied"],
    ["fails to give", refuse(500, "InternalError", "We failed."), "InternalError (500): We failed"],
    ["cannot decrypt", refuse(400, "KMS.DisabledException", "It is disabled."), /^KMS\.?DisabledException \(400\)/],
    ["answers with something else", (response) => response.writeHead(503).end("<html>"), /\(503\)/],
    ["resets the connection of", (response) => response.socket!.destroy(), /socket hang up|ECONNRESET/],
    [
      "breaks off",
      (response) => response.writeHead(200, { "content-length": 20_000 }).write(HALF, () => response.destroy()),
      "aborted",
    ],
    ["never begins to give", () => {}, "S3 is slow, or stalls"],
    [
      "never gives to its end",
      (response) => response.writeHead(200, { "content-length": 20_000 }).write(HALF),
      "S3 is slow, or stalls",
    ],
  ])("names an object that S3 %s, with the reason, and shows those behind it", async (_, answered, reason) => {
    answer = answered;
    await store.update();
    expect(store.problems).toEqual([]);
    const [first, ...others] = reasons();
    const [, why] = /^It cannot be read: (.*)\. It is tried again\.$/.exec(String(first?.[0])) ?? [];
    if (typeof reason === "string") expect(why).toBe(reason);
    else expect(why).toMatch(reason);
    expect(others).toEqual([
      ["good", 1],
      ["good", 1],
    ]);
  });

  it("tries an object again half a minute later, and shows it once S3 gives it", async () => {
    answer = DENIED;
    await store.update();
    const { version } = rejected();
    now += 29_000;
    await store.update();
    expect(timesRead()).toBe(1);
    now += 1_000;
    await store.update();
    // Who looks at it has nothing new to read.
    expect([timesRead(), rejected().version]).toEqual([2, version]);
    answer = undefined;
    now += 30_000;
    await store.update();
    expect(reasons()).toEqual([
      ["bad", 1],
      ["good", 1],
      ["good", 1],
    ]);
    expect(rejected().version).toBeGreaterThan(version);
    now += 30_000;
    await store.update();
    expect(timesRead()).toBe(3);
  });

  it("has nothing of an object that is gone since it was listed, until it is there again", async () => {
    answer = refuse(404, "NoSuchKey", "The specified key does not exist.");
    await store.update();
    expect(reasons()).toHaveLength(2);
    answer = undefined;
    now += 30_000;
    await store.update();
    expect(reasons()).toHaveLength(3);
  });

  it("shows the entries of an object that S3 does not give without asking for it once more", async () => {
    answer = DENIED;
    await store.update();
    const { place, objects } = rejected();
    const entries = await store.entriesOf(awsClients(s3.origin).s3, place, objects[0]!);
    expect(entries).toMatchObject([{ isUnreadable: true, text: "" }]);
    expect(timesRead()).toBe(1);
  });

  it("lists the other places where S3 never lists one", async () => {
    s3.intercept = ({ target }) => target.includes("prefix=rejected");
    await store.update();
    expect(store.problems).toEqual([`s3://${QUARANTINE_BUCKET}/rejected/ cannot be listed: S3 is slow, or stalls.`]);
    expect(store.places).toHaveLength(quarantinePlaces().length);
  });
});
