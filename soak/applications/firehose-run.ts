import { gunzipSync } from "node:zlib";
import { count } from "../../tools/text/numbers";
import { documentsIn, objects } from "../audit/found";
import { countedOf, verdictOfCounts } from "../audit/verdict";
import { CountsByName } from "../counts-by-name";
import type { SoakRun } from "../options";
import type { SoakReport } from "../report";
import { startSoakServices } from "../services";
import { CopiesById, copiesText } from "./copies-by-id";
import { type FirehoseLane, OBJECTS, startFirehoseLane } from "./firehose-lane";
import { logUnderFaults } from "./log-under-faults";
import { untilFound } from "./until-found";

const NAME = "soak";

/** How often what failed is delivered again: it may fail once more only while faults go on. */
const MAX_REDELIVERIES = 5;

/**
 * Lets applications log through the client library into a delivery stream of the local Firehose, injects the planned faults for
 * `durationMs`, delivers what Firehose has given up as docs/firehose.md says, and counts each line from `logger.info` to search and to
 * S3 by its `event.id`.
 *
 * @param say called with a line about the progress, every ten seconds
 * @param log called with each line of the function's log and of the applications
 * @throws ProcessError when a part cannot be started
 */
export async function soakFirehose(
  { seed, durationMs, heapMib }: SoakRun,
  say: (line: string) => void,
  log: (line: string) => void,
): Promise<SoakReport> {
  const services = await startSoakServices(heapMib);
  const invocations = new CountsByName();
  const lane = await startFirehoseLane(services, {
    ...{ name: NAME, onLine: log },
    onResult: ({ functionError, payload }) =>
      invocations.add(functionError ? (payload as { errorType: string }).errorType : "success"),
  });
  const { put, perhaps, faults, progress, notes } = await logUnderFaults({
    seed,
    durationMs,
    service: "firehose",
    stream: NAME,
    lambda: lane.lambda,
    services,
    indexPattern: `${NAME}*`,
    say,
    log,
  });
  const location = { endpoint: services.search.url, indexPattern: NAME };
  const { drained, documents, records } = await redeliverAll(lane, () => untilFound(location, 0));
  progress.stop();
  await lane.stop();
  const inSearch = new CopiesById();
  for await (const { _source } of documentsIn<object>(location, ["message", "event.id"])) inSearch.add(_source);
  const inObjects = new CopiesById();
  for await (const { body } of objects(services.clients.s3, { bucket: NAME, prefix: "" }, OBJECTS)) {
    for (const line of gunzipSync(body).toString().trimEnd().split("\n")) inObjects.add(JSON.parse(line));
  }
  const verdict = verdictOfCounts([
    countedOf("lines in search, by event.id", { put, perhaps, found: inSearch.names }),
    countedOf("lines in S3, by event.id", { put, perhaps, found: inObjects.names }),
  ]);
  const { alreadyIndexed, searchCrashes } = services;
  await services.stop();
  return {
    ...{ faults, invocations, alreadyIndexed, drained, verdict, waits: [], searchCrashes, by: "event.id" },
    notes: [
      copiesText("Search", inSearch),
      copiesText("S3", inObjects),
      `Delivered again by the documented way: ${count(documents)} documents that search had rejected, ${count(records)} records that the function had not transformed.`,
      ...notes(new Set(inSearch.names)),
    ],
  };
}

/** Waits until nothing moves any more, and delivers what failed, until nothing has. @param settled resolves when nothing moves */
async function redeliverAll(lane: FirehoseLane, settled: () => Promise<boolean>) {
  let [documents, records] = [0, 0];
  for (let times = 0; times <= MAX_REDELIVERIES; times++) {
    if (!(await settled())) break;
    const again = await lane.redeliver();
    if (again.documents + again.records === 0) return { drained: true, documents, records };
    documents += again.documents;
    records += again.records;
  }
  return { drained: false, documents, records };
}
