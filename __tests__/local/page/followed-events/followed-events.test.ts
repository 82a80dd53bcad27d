import { awsClients } from "../../../../local/aws/clients";
import { FollowedEvents } from "../../../../local/page/followed-events/followed-events";
import { addToLedger, archivedObject } from "../../../support/ledger";
import { type S3Server, s3Error, startS3 } from "../../../support/s3-server";

let s3: S3Server;
let events: FollowedEvents;

beforeEach(async () => {
  s3 = await startS3("bucket");
  events = new FollowedEvents({ archive: { bucket: "bucket", prefix: "" }, s3: awsClients(s3.origin).s3 });
});
afterEach(() => s3.stop());

const put = (first: number, count: number) => ({ logGroup: "foo", first, count });

describe("FollowedEvents", () => {
  it("reads no object that was there before the events", async () => {
    s3.put("archive/old", archivedObject(put(1, 1)));
    s3.put("rejected/old", archivedObject(put(2, 1), "r"));
    s3.put("dead-letter/old", Buffer.from("x"));
    await events.begin();
    addToLedger(events.ledger, put(1, 3));
    s3.put("archive/new", archivedObject(put(3, 1)));
    await events.update();
    expect(s3.read).toEqual(["archive/new"]);
    expect([events.archived.size, events.rejections.size]).toEqual([1, 0]);
    expect(events.added).toEqual({ rejected: 0, deadLettered: 0 });
  });

  it("says why the index has rejected events, whatever else is in rejected/", async () => {
    addToLedger(events.ledger, put(1, 3));
    s3.put("rejected/a", archivedObject(put(2, 2), "too deep"));
    s3.put("rejected/b", Buffer.from("no gzip"));
    s3.put("rejected/c", archivedObject(put(9, 1), "of somebody else"));
    for (let n = 0; n < 3; n++) await events.update();
    expect([...events.rejections]).toEqual([
      [1, "too deep"],
      [2, "too deep"],
    ]);
    expect(s3.read).toEqual(["rejected/a", "rejected/b", "rejected/c"]);
  });

  it("names objects that cannot be read, a few of many, and finds what the others hold", async () => {
    addToLedger(events.ledger, put(1, 3));
    s3.put("rejected/bad", archivedObject(put(1, 1), "r"));
    for (let n = 0; n < 30; n++) s3.put(`archive/bad${n}`, archivedObject(put(1, 1)));
    s3.put("rejected/good", archivedObject(put(2, 1), "too deep"));
    s3.put("archive/good", archivedObject(put(2, 2)));
    s3.intercept = ({ target }, response) => {
      if (!target.includes("/bad")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    await events.update();
    expect([events.archived.size, [...events.rejections]]).toEqual([2, [[1, "too deep"]]]);
    const { unreadable } = events;
    expect(unreadable).toHaveLength(4);
    expect(unreadable[0]).toBe(
      "s3://bucket/archive/bad0 is not counted, because it cannot be read: AccessDenied (403): Access Denied.",
    );
    expect(unreadable[3]).toBe("Nor can 28 further objects.");
  });

  it("counts no copy of an object that two updates find at once", async () => {
    addToLedger(events.ledger, put(1, 2));
    s3.put("archive/a", archivedObject(put(1, 2)));
    await Promise.all([events.update(), events.update()]);
    expect(events.archived.size).toBe(2);
    expect(events.archived.duplicatesOf("foo")).toBe(0);
  });
});
