import type { KinesisStreamEvent } from "aws-lambda";
import { ARRIVAL, documentIdOf, envelope, kinesisStreamRecord, logEvent } from "./kinesis";

/** When the names of indices change, by the events' own time. */
const BOUNDARY = ARRIVAL;
const MINUTE_MS = 60_000;
const EVENTS_PER_BATCH = 50;
const LOG_GROUPS = ["checkout", "orders"];

/** The variables of the functions before the change is applied, and after it. */
export const BEFORE = {};
export const AFTER = {
  ...{ INDEX_PREFIX: "logs-", INDEX_NAME: "apps", INDEX_PERIOD: "week" },
  INDEX_HISTORY: JSON.stringify({ "2026-11-21T03:00:00Z": { prefix: "cwl-", index: "", period: "day" } }),
};

/** The same as AFTER, as Terraform puts it out. */
export const INDEX_SETTINGS = {
  ...{ name: "logging-pipeline", prefix: "logs-", period: "week" },
  indices: Object.fromEntries(LOG_GROUPS.map((logGroup) => [logGroup, "apps"])),
  history: [{ until: "2026-11-21T03:00:00Z", prefix: "cwl-", period: "day", indices: {} }],
  ...{ retention_days: 0, shards: 1, refresh_interval_seconds: 1, sort: "none", template: "none" },
  messages: Object.fromEntries(LOG_GROUPS.map((logGroup) => [logGroup, { PARSER: "none" }])),
};

/** Batches of log events, and where the documents of those have to be. */
export class ChangedNames {
  /** `<index>/<_id>` of each event. */
  readonly places = new Set<string>();
  #batches = 0;
  #events = 0;

  /** Returns a batch of each log group, whose events are from `from` minutes after the boundary on, and before `to`. */
  batches(from: number, to: number): KinesisStreamEvent[] {
    return LOG_GROUPS.map((logGroup) => {
      const step = ((to - from) * MINUTE_MS) / EVENTS_PER_BATCH;
      const events = Array.from({ length: EVENTS_PER_BATCH }, (_, i) => {
        const n = ++this.#events;
        const time = Math.floor(BOUNDARY + from * MINUTE_MS + i * step);
        const index = time < BOUNDARY ? `cwl-${logGroup}-2026.11.21` : "logs-apps-2026.w47";
        this.places.add(`${index}/${documentIdOf(n, { logGroup })}`);
        return logEvent(n, `{"n":${n}}`, time);
      });
      const record = kinesisStreamRecord(this.#batches++, envelope(events, { logGroup }));
      record.kinesis.approximateArrivalTimestamp = (BOUNDARY + to * MINUTE_MS) / 1000;
      return { Records: [record] };
    });
  }
}
