import { type AwsClients, awsClients } from "../local/aws/clients";
import { startEmulator } from "../local/emulator/emulator";
import { blockIndices } from "../local/faults/block-indices";
import { type FaultyProxy, startProxy } from "../local/faults/proxy";
import type { Engine } from "../local/opensearch/engine";
import { startOpenSearch } from "../local/opensearch/opensearch";
import { isEnding } from "../tools/shutdown/end";

/** The services that the function calls, and the proxies between it and them. */
export interface SoakServices {
  readonly clients: AwsClients;
  readonly emulatorUrl: string;
  readonly search: Engine;
  /** Kills OpenSearch and restarts it on the same data; resolves when it accepts events again. */
  restartSearch(): Promise<void>;
  /** How OpenSearch ended by itself, each time; it is restarted then. */
  readonly searchCrashes: readonly string[];
  readonly searchProxy: FaultyProxy;
  readonly archiveProxy: FaultyProxy;
  readonly queueProxy: FaultyProxy;
  readonly streamProxy: FaultyProxy;
  /** How many times OpenSearch answered that it has an event already: the events that were sent again. */
  readonly alreadyIndexed: number;
  /** Blocks writes to the indices of a pattern, or allows them again. @throws Error when OpenSearch does not do so */
  blockIndices(pattern: string, blocked: boolean): Promise<void>;
  stop(): Promise<void>;
}

/**
 * An item of a `_bulk` response for a document that was there: of `create`, or of Firehose's `index`. Nothing else in these responses
 * looks the same.
 */
const CONFLICT = /"status":409|"result":"updated"/g;

/**
 * Starts the emulator, OpenSearch, and a proxy before each.
 *
 * @param heapMib of OpenSearch. @default 512
 * @throws ProcessError when one cannot be started
 */
export async function startSoakServices(heapMib?: number): Promise<SoakServices> {
  const searchCrashes: string[] = [];
  let restarted = Promise.resolve();
  const restartSearch = () => {
    restarted = restarted.then(async () => {
      await search.restart();
      await fetch(`${search.url}/_cluster/health?wait_for_status=yellow&timeout=60s`);
    });
    return restarted;
  };
  const [emulator, search] = await Promise.all([
    startEmulator(),
    startOpenSearch({
      ...(heapMib !== undefined && { heapMib }),
      onCrash(how) {
        // It ends with this process.
        if (isEnding()) return;
        searchCrashes.push(how);
        void restartSearch();
      },
    }),
  ]);
  let alreadyIndexed = 0;
  const searchProxy = await startProxy({
    target: () => search.url,
    onAnswer: (body) => {
      alreadyIndexed += body.toString().match(CONFLICT)?.length ?? 0;
    },
  });
  const archiveProxy = await startProxy({ target: () => emulator.url });
  const queueProxy = await startProxy({ target: () => emulator.url });
  const streamProxy = await startProxy({ target: () => emulator.url });
  return {
    clients: awsClients(emulator.url),
    emulatorUrl: emulator.url,
    ...{ search, restartSearch, searchCrashes, searchProxy, archiveProxy, queueProxy, streamProxy },
    get alreadyIndexed() {
      return alreadyIndexed;
    },
    blockIndices: (pattern, blocked) => blockIndices(search.url, pattern, "write", blocked),
    async stop() {
      await restarted;
      const proxies = [searchProxy, archiveProxy, queueProxy, streamProxy];
      await Promise.all([...proxies, search, emulator].map((one) => one.stop()));
    },
  };
}
