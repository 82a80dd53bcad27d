import { awsClients } from "../../../../local/aws/clients";
import { emulatorDocumentId } from "../../../../local/delivery/event-id";
import type { FaultDefinition, PageFaultTargets } from "../../../../local/page/faults/fault";
import { nothingToHeal } from "../../../../local/page/faults/fault";
import { FaultLab } from "../../../../local/page/faults/lab";
import { type HttpServer, startServer } from "../../../support/http-server";
import { addToLedger, idOfEvent } from "../../../support/ledger";
import { type S3Server, startS3 } from "../../../support/s3-server";
import { wholeAnswer } from "../../../support/search-answer";

const text = { title: "", site: "function", does: "", expect: "" } as const;
const lasting: FaultDefinition = { ...text, id: "lasting", begin: async () => async () => {} };
const line: FaultDefinition = {
  ...{ ...text, id: "line" },
  async begin({ putLine }) {
    await putLine("harm");
    return nothingToHeal;
  },
};

let engine: HttpServer;
let s3: S3Server;
let now: number;
/** What was done with the lines of the experiments. */
let done: string[];
let lab: FaultLab;

beforeEach(async () => {
  [now, done] = [0, []];
  s3 = await startS3("bucket");
  engine = await startServer((_, response) => {
    response.end(
      JSON.stringify({ ...wholeAnswer(), hits: { hits: [{ _id: emulatorDocumentId(idOfEvent(1), "foo") }] } }),
    );
  });
  lab = new FaultLab({
    search: { endpoint: engine.origin, indexPattern: "cwl-*" },
    archive: { bucket: "bucket", prefix: "" },
    s3: awsClients(s3.origin).s3,
    now: () => now,
    logGroup: "foo",
    faults: [lasting, line],
    targets: { network: {} } as PageFaultTargets,
    putSteadily(ledger) {
      done.push("put");
      addToLedger(ledger, { logGroup: "foo", first: 1, count: 1 });
      return {
        put: async ({ message }) => void done.push(message),
        stop: async () => void done.push("stop"),
      };
    },
  });
});

afterEach(() => Promise.all([engine.stop(), s3.stop()]));

/** Lets so many seconds pass, each with its update. */
async function pass(seconds: number): Promise<void> {
  for (const end = now + seconds * 1000; now < end; now += 1_000) await lab.update();
}

describe("FaultLab", () => {
  it("asks for nothing, and puts nothing, before the first fault", async () => {
    await pass(3);
    expect([done, engine.requests, s3.objects?.size ?? 0]).toEqual([[], [], 0]);
    expect(lab.state).not.toHaveProperty("experiment");
  });

  it("puts lines while something is broken, and not after it", async () => {
    await lab.begin(lasting);
    await pass(20);
    expect(done).toEqual(["put"]);
    await lab.heal();
    await pass(3);
    expect(done).toEqual(["put", "stop"]);
  });

  it("puts lines for some seconds around a line that does harm", async () => {
    await lab.begin(line);
    await pass(5);
    expect(done).toEqual(["put", "harm"]);
    await pass(10);
    expect(done).toEqual(["put", "harm", "stop"]);
  });

  it("goes on with an experiment until it is over, then begins another", async () => {
    await lab.begin(lasting);
    await pass(10);
    await lab.heal();
    await pass(5);
    await lab.begin(lasting);
    expect(done).toEqual(["put", "stop", "put"]);
    await pass(10);
    expect(lab.state.experiment).toMatchObject({ put: 2, phase: "faults" });
    await lab.heal("lasting");
    await pass(80);
    // Nothing is in the archive.
    expect(lab.state.experiment).toMatchObject({ lost: 2, phase: "over" });
    await lab.begin(lasting);
    expect(lab.state.experiment).toMatchObject({ put: 1, lost: 0, phase: "faults" });
  });
});
