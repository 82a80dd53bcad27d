import { gzipSync } from "node:zlib";
import type { KinesisStreamEvent } from "aws-lambda";
import { awsClients } from "../../../../local/aws/clients";
import { buttonArguments } from "../../../../local/page/quarantine/replay-command";
import { replayedTimeFields, replayRange } from "../../../../local/page/quarantine/replay-range";
import { QuarantineStore } from "../../../../local/page/quarantine/store";
import { ARRIVAL, envelope, kinesisEvent, logEvent } from "../../../support/kinesis";
import { quarantinePlaces } from "../../../support/quarantined";
import { archiveByForwarder, forwarded, giveUp, type ReplayHost, startReplayHost } from "../../../support/replay";

const HOUR_MS = 3_600_000;
const SETTINGS = { timeField: "at" };

/** Of an application, with a time that its function reads and another one, and of CloudWatch Logs, likewise. */
const line = JSON.stringify({ at: "2026-11-18T00:00:00Z", time: "2026-11-20T00:00:00Z", message: "a" });
const records = kinesisEvent(gzipSync(line), envelope([logEvent(1, line)]));

let host: ReplayHost;
beforeEach(async () => {
  host = await startReplayHost();
});
afterEach(() => host.stop());

describe("a replay from the page", () => {
  it.each<["dead-letter" | "undelivered", (event: KinesisStreamEvent) => unknown]>([
    ["dead-letter", (event) => archiveByForwarder(host, [event], undefined, { ...SETTINGS, recordMaxBytes: 1 })],
    ["undelivered", (event) => giveUp(host, event, 20 * HOUR_MS)],
  ])("makes the documents that a function with a time field makes: %s", async (kind, keep) => {
    await keep(records);
    const timeFields = new Map([["logging-pipeline_foo", "at"]]);
    const given = quarantinePlaces().map((place) => ({ ...place, timeFields }));
    const store = new QuarantineStore(async () => ({ s3: awsClients(host.s3.origin).s3, places: given }));
    await store.update();
    const places = store.places!.filter(({ place }) => place.kind === kind);
    const { from, to, lateHours } = replayRange(places, undefined, ARRIVAL)!;
    const [timeField] = replayedTimeFields(places, undefined);
    const asked = { request: { kind, from, to, isDryRun: false }, place: places[0]!.place, lateHours, timeField };
    const around = { searchEndpoint: host.search.origin, directory: "/", stackDirectory: "/" };
    // There are no settings of indices here.
    const { exitCode } = await host.run(...buttonArguments(asked, around).slice(0, -2));
    expect(exitCode).toBe(0);
    const { engine } = await forwarded([records], SETTINGS);
    expect(engine.documents.size).toBe(2);
    expect(host.engine.documents).toEqual(engine.documents);
  });
});
