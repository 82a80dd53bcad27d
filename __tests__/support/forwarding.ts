import type { ForwardIo } from "../../functions/forwarder/forward";
import { Bucket } from "./bucket";
import { FakeClock } from "./clock";
import { ARRIVAL } from "./kinesis";
import { SearchEngine } from "./search-engine";

/** Everything `forward` needs, in memory. `lines` are what it logged. */
export function prepareForwarding(settings: Partial<ForwardIo["settings"]> = {}) {
  const engine = new SearchEngine();
  const bucket = new Bucket();
  const clock = new FakeClock(60_000);
  const lines: Record<string, unknown>[] = [];
  const io: ForwardIo = {
    settings: {
      indexPrefix: "cwl-",
      archivePrefix: "",
      bulkMaxBytes: 1024 * 1024,
      bulkRequests: 2,
      recordMaxBytes: 1024 * 1024,
      timeField: "",
      metricsNamespace: "",
      ...settings,
    },
    search: { send: engine.send, endpoint: "https://search.example", requestTimeoutMs: 30_000 },
    archive: { send: bucket.send, bucket: "the-archive", pathPrefix: "/", requestTimeoutMs: 30_000 },
    remainingMs: clock.remainingMs,
    sleep: clock.sleep,
    random: () => 0.5,
    now: () => ARRIVAL + clock.nowMs,
    log: (line) => lines.push(line),
  };
  return { engine, bucket, clock, io, lines };
}
