import type { ToSearch } from "../../functions/forwarder/delivery";
import type { ForwardIo, ForwardSettings } from "../../functions/forwarder/forward";
import { MemoryBucket } from "./bucket";
import { FakeClock } from "./clock";
import { ARRIVAL } from "./kinesis";
import { CWL } from "./layouts";
import { SearchEngine } from "./search-engine";

type Settings = Partial<ForwardSettings> & Partial<Pick<ToSearch["search"], "bulkMaxBytes" | "bulkRequests">>;

/** Everything `forward` needs, in memory. `lines` are what it logged. */
export function prepareForwarding({ bulkMaxBytes = 1024 * 1024, bulkRequests = 2, ...settings }: Settings = {}) {
  const engine = new SearchEngine();
  const bucket = new MemoryBucket();
  const clock = new FakeClock(60_000);
  const lines: Record<string, unknown>[] = [];
  const io: ForwardIo & ToSearch = {
    settings: {
      indexLayouts: CWL,
      archivePrefix: "",
      recordMaxBytes: 1024 * 1024,
      timeField: "",
      fastPath: true,
      metricsNamespace: "",
      ...settings,
    },
    search: {
      send: engine.send,
      endpoint: "https://search.example",
      requestTimeoutMs: 30_000,
      bulkMaxBytes,
      bulkRequests,
    },
    indexSetup: async () => [],
    archive: { send: bucket.send, bucket: "the-archive", pathPrefix: "/", requestTimeoutMs: 30_000 },
    remainingMs: clock.remainingMs,
    sleep: clock.sleep,
    random: () => 0.5,
    now: () => ARRIVAL + clock.nowMs,
    monotonicMs: () => clock.nowMs,
    log: (line) => lines.push(line),
  };
  return { engine, bucket, clock, io, lines };
}
