import { startLane } from "../../local/lane";
import { documentsIn } from "../audit/found";
import { countedOf, verdictOfCounts } from "../audit/verdict";
import { CountsByName } from "../counts-by-name";
import { endOf } from "../invocation-end";
import type { SoakRun } from "../options";
import type { SoakReport } from "../report";
import { startSoakServices } from "../services";
import { logUnderFaults } from "./log-under-faults";
import { untilFound } from "./until-found";

const NAME = "soak";
const LANE = { name: NAME, shards: 2, batchSize: 100, timeoutSeconds: 12 };

/**
 * Lets applications log through the client library into a stream, injects the planned faults for `durationMs`, then waits until all
 * is delivered, and counts each line from `logger.info` to its document.
 *
 * @param say called with a line about the progress, every ten seconds
 * @param log called with each line of the function's log and of the applications
 * @throws ProcessError when a part cannot be started
 */
export async function soakApplications(
  { seed, durationMs, heapMib }: SoakRun,
  say: (line: string) => void,
  log: (line: string) => void,
): Promise<SoakReport> {
  const services = await startSoakServices(heapMib);
  const { clients, searchProxy, archiveProxy, search } = services;
  const invocations = new CountsByName();
  const lane = await startLane(clients, {
    ...LANE,
    environment: {
      SEARCH_ENDPOINT: searchProxy.url,
      INDEX_PREFIX: `${NAME}-`,
      AWS_ENDPOINT_URL_S3: archiveProxy.url,
      BULK_MAX_BYTES: String(64 * 1024),
      REQUEST_TIMEOUT_SECONDS: "3",
    },
    onLine: log,
    onProblem: log,
    onResult: (_, result) => invocations.add(endOf(result)),
  });
  await lane.startReading();
  const indexPattern = `${NAME}-*`;
  const { put, perhaps, faults, progress, notes } = await logUnderFaults({
    seed,
    durationMs,
    service: "kinesis",
    stream: NAME,
    lambda: lane.lambda,
    services,
    indexPattern,
    say,
    log,
  });
  const location = { endpoint: search.url, indexPattern };
  const drained = await untilFound(location, put.length);
  progress.stop();
  await lane.stop();
  const found: string[] = [];
  for await (const { _source } of documentsIn<{ message: string }>(location, ["message"])) found.push(_source.message);
  const verdict = verdictOfCounts([countedOf("lines in the index", { put, perhaps, found })]);
  const { alreadyIndexed, searchCrashes } = services;
  await services.stop();
  return {
    ...{ faults, invocations, alreadyIndexed, drained, verdict, waits: [], searchCrashes },
    notes: notes(new Set(found)),
  };
}
