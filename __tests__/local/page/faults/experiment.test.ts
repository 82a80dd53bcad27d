import { awsClients } from "../../../../local/aws/clients";
import { emulatorDocumentId } from "../../../../local/delivery/event-id";
import { Experiment } from "../../../../local/page/faults/experiment";
import { STALLED_SECONDS } from "../../../../local/page/shared/faults";
import { type HttpServer, startServer } from "../../../support/http-server";
import { addToLedger, archivedObject, idOfEvent } from "../../../support/ledger";
import { type S3Server, s3Error, startS3 } from "../../../support/s3-server";
import { wholeAnswer } from "../../../support/search-answer";

const GROUP = "foo";

let engine: HttpServer;
let s3: S3Server;
/** The `_id`s in the index, as often as there are documents. */
let documents: string[];
let isDown: boolean;
let now: number;
let experiment: Experiment;

beforeEach(async () => {
  [documents, isDown, now] = [[], false, 0];
  s3 = await startS3("bucket");
  engine = await startServer(({ body }, response) => {
    if (isDown) return response.writeHead(503).end();
    const { query, size } = JSON.parse(body.toString());
    const ids = new Set<string>(query.ids.values);
    const hits = documents.filter((id) => ids.has(id)).map((_id) => ({ _id }));
    return response.end(JSON.stringify({ ...wholeAnswer(), hits: { hits: hits.slice(0, size) } }));
  });
  experiment = new Experiment({
    search: { endpoint: engine.origin, indexPattern: "cwl-*" },
    archive: { bucket: "bucket", prefix: "p/" },
    s3: awsClients(s3.origin).s3,
    now: () => now,
  });
});

afterEach(() => Promise.all([engine.stop(), s3.stop()]));

const put = (first: number, count: number) => addToLedger(experiment.ledger, { logGroup: GROUP, first, count });
const index = (first: number, count: number) => {
  for (let n = first; n < first + count; n++) documents.push(emulatorDocumentId(idOfEvent(n), GROUP));
};
const archive = (first: number, count: number, name = `${first}`) =>
  void s3.put(`p/archive/${name}`, archivedObject({ logGroup: GROUP, first, count }));

describe("Experiment", () => {
  it("says where the events are, and that each arrived once when all have", async () => {
    put(1, 10);
    index(1, 7);
    archive(1, 4);
    await experiment.update(true);
    expect(experiment.counts).toMatchObject({ put: 10, indexed: 7, archived: 4, inFlight: 6, phase: "faults" });
    index(8, 3);
    archive(5, 6);
    await experiment.update(false);
    expect(experiment.counts).toMatchObject({ indexed: 10, archived: 10, inFlight: 0, phase: "checking" });
    await experiment.update(false);
    expect(experiment.counts).toMatchObject({ indexed: 10, lost: 0, duplicated: 0, phase: "over" });
  });

  it("counts copies in the index that came after the first was found, and copies in the archive", async () => {
    put(1, 5);
    index(1, 5);
    archive(1, 5);
    await experiment.update(true);
    index(2, 1);
    archive(3, 2, "again");
    await experiment.update(false);
    await experiment.update(false);
    expect(experiment.counts).toMatchObject({ indexed: 5, archived: 5, duplicated: 3, lost: 0, phase: "over" });
  });

  it("calls nothing lost while something is broken, or events arrive, and all the rest after a while without any", async () => {
    put(1, 3);
    archive(1, 3);
    for (; now < 10 * STALLED_SECONDS * 1000; now += 10_000) await experiment.update(true);
    expect(experiment.counts).toMatchObject({ inFlight: 3, lost: 0, phase: "faults" });
    now += STALLED_SECONDS * 1000 - 10_001;
    index(1, 1);
    await experiment.update(false);
    now += STALLED_SECONDS * 1000 - 1;
    await experiment.update(false);
    expect(experiment.counts).toMatchObject({ inFlight: 2, lost: 0, phase: "healed" });
    now += 1;
    await experiment.update(false);
    expect(experiment.counts).toMatchObject({ inFlight: 0, lost: 2, phase: "over" });
  });

  it("keeps its counts while the engine does not answer, and goes on after it", async () => {
    put(1, 2);
    index(1, 2);
    archive(1, 2);
    isDown = true;
    await expect(experiment.update(true)).rejects.toThrow("503");
    expect(experiment.counts).toMatchObject({ put: 2, indexed: 0, phase: "faults" });
    isDown = false;
    await experiment.update(true);
    expect(experiment.counts).toMatchObject({ indexed: 2 });
  });

  it("asks the engine once in each update, for no more than 2,000 events", async () => {
    put(1, 4_500);
    index(1, 4_500);
    archive(1, 4_500);
    const asked: number[] = [];
    for (; experiment.counts.phase !== "over"; now += 1_000) {
      const before = engine.requests.length;
      await experiment.update(false);
      asked.push(engine.requests.length - before);
    }
    expect(asked).toEqual([1, 1, 1, 1, 1, 1]);
    expect(experiment.counts).toMatchObject({ indexed: 4_500, duplicated: 0 });
  });

  it("counts what is added to the quarantine meanwhile", async () => {
    s3.put("p/dead-letter/before", Buffer.from("x"));
    await experiment.begin();
    s3.put("p/dead-letter/a", Buffer.from("x"));
    s3.put("p/rejected/a", Buffer.from("x"));
    s3.put("p/rejected/b", Buffer.from("x"));
    await experiment.update(true);
    expect(experiment.counts).toMatchObject({ rejected: 2, deadLettered: 1 });
  });

  it("calls an event that the index rejects not lost: it is in the quarantine", async () => {
    put(1, 2);
    index(1, 1);
    archive(1, 2);
    s3.put("p/rejected/a", archivedObject({ logGroup: GROUP, first: 2, count: 1 }, "too deep"));
    await experiment.update(false);
    await experiment.update(false);
    expect(experiment.counts).toMatchObject({ indexed: 1, inFlight: 0, lost: 0, phase: "over" });
  });

  it("counts all copies of thousands of events, by a search in each update", async () => {
    put(1, 4_000);
    for (let copies = 0; copies < 6; copies++) index(1, 4_000);
    archive(1, 4_000);
    while (experiment.counts.phase !== "over") {
      const before = engine.requests.length;
      await experiment.update(false);
      expect(engine.requests.length - before).toBe(1);
      now += 1_000;
    }
    expect(experiment.counts).toMatchObject({ indexed: 4_000, lost: 0, duplicated: 20_000 });
  });

  it("ends although S3 refuses an object, and names it", async () => {
    put(1, 2);
    index(1, 2);
    archive(1, 2);
    s3.put("p/rejected/bad", Buffer.from("x"));
    s3.intercept = ({ target }, response) => {
      if (!target.includes("/bad")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    for (let n = 0; n < 3; n++) await experiment.update(false);
    expect(experiment.counts).toMatchObject({
      ...{ lost: 0, phase: "over" },
      unreadable: [expect.stringMatching(/^s3:\/\/bucket\/p\/rejected\/bad is not counted, .*AccessDenied/)],
    });
  });

  it("finds the others also while more events than one search looks for do not come", async () => {
    put(1, 3_000);
    archive(1, 3_000);
    index(2_900, 101);
    await experiment.update(true);
    await experiment.update(true);
    expect(experiment.counts).toMatchObject({ indexed: 101, inFlight: 2_899 });
  });
});
