import { type AwsClients, awsClients } from "../local/aws/clients";
import { startEmulator } from "../local/emulator/emulator";
import type { Engine } from "../local/opensearch/engine";
import { startOpenSearch } from "../local/opensearch/opensearch";
import { type FaultyProxy, startProxy } from "./proxy";

/** What the function talks to: the real parts, and between it and them the proxies. */
export interface Services {
  readonly clients: AwsClients;
  readonly search: Engine;
  /** Kills OpenSearch and starts it again on the same data; resolves when it takes events again. */
  restartSearch(): Promise<void>;
  readonly searchProxy: FaultyProxy;
  readonly archiveProxy: FaultyProxy;
  /** How many times OpenSearch said that an event was there already: what had been sent twice. */
  readonly alreadyPresent: number;
  stop(): Promise<void>;
}

/** One item of a `_bulk` answer with 409; the forwarder asks for nothing that could look the same. */
const CONFLICT = /"status":409/g;

/** Starts the emulator, OpenSearch, and a proxy before each. @throws ProcessError when one cannot be started */
export async function startServices(): Promise<Services> {
  const [emulator, search] = await Promise.all([startEmulator(), startOpenSearch()]);
  let alreadyPresent = 0;
  const searchProxy = await startProxy({
    target: () => search.url,
    onAnswer: (body) => {
      alreadyPresent += body.toString().match(CONFLICT)?.length ?? 0;
    },
  });
  const archiveProxy = await startProxy({ target: () => emulator.url });
  return {
    clients: awsClients(emulator.url),
    ...{ search, searchProxy, archiveProxy },
    async restartSearch() {
      await search.restart();
      await fetch(`${search.url}/_cluster/health?wait_for_status=yellow&timeout=60s`);
    },
    get alreadyPresent() {
      return alreadyPresent;
    },
    async stop() {
      await Promise.all([searchProxy, archiveProxy, search, emulator].map((one) => one.stop()));
    },
  };
}
