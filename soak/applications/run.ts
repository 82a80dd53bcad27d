import { setTimeout as sleep } from "node:timers/promises";
import { startLane } from "../../local/lane";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { documentsIn } from "../audit/found";
import { countedOf, verdictOfCounts } from "../audit/verdict";
import { CountsByName } from "../counts-by-name";
import { planFaults } from "../fault-plan";
import { reportProgress, startInjection } from "../injection";
import { endOf } from "../invocation-end";
import type { SoakRun } from "../options";
import type { SoakReport } from "../report";
import { startSoakServices } from "../services";
import { killedText, sentAgainText, startApplications } from "./applications";
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
  const ledgers = await temporaryDirectory();
  const applications = startApplications({
    ...{ service: "kinesis", stream: NAME, seed, log },
    ...{ ledgers, services },
  });
  say("Everything runs. Applications log, and faults are injected.");
  const injection = startInjection(
    ["search", "archive", "function", "stream", "application"],
    planFaults(seed, durationMs),
    {
      ...services,
      ...{ lambda: lane.lambda, applications },
      blockIndices: (blocked) => services.blockIndices(`${NAME}-*`, blocked),
    },
  );
  const progress = reportProgress(injection, say, () => `${applications.length} applications`);
  await Promise.all([sleep(durationMs), injection.ended]);

  say("All faults have ended. The applications flush and end; waiting until everything is delivered.");
  await Promise.all(applications.map((application) => application.end()));
  const lives = (await Promise.all(applications.map((application) => application.lines()))).flat();
  const location = { endpoint: search.url, indexPattern: `${NAME}-*` };
  const drained = await untilFound(location, lives.flatMap(({ flushed }) => flushed).length);
  progress.stop();
  await lane.stop();
  const found: string[] = [];
  for await (const { _source } of documentsIn<{ message: string }>(location, ["message"])) found.push(_source.message);
  const verdict = verdictOfCounts([
    countedOf("lines in the index", {
      put: lives.flatMap(({ flushed }) => flushed),
      perhaps: lives.flatMap(({ unflushed }) => unflushed),
      found,
    }),
  ]);
  const { alreadyIndexed, searchCrashes } = services;
  const stats = applications.flatMap((application) => application.stats);
  const { faults } = injection;
  await services.stop();
  await ledgers.remove();
  return {
    ...{ faults, invocations, alreadyIndexed, drained, verdict, waits: [], searchCrashes },
    notes: [killedText(lives, new Set(found)), sentAgainText(stats)],
  };
}
