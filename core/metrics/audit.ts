import type { MetricDefinition } from "./metric-definition";

/** The metrics of the function `audit`. Each run reports all of them; docs print them. */
export const AUDIT_METRICS = {
  ComparedHours: { unit: "Count", meaning: "hours of which archive and index were compared" },
  NotComparedHours: {
    unit: "Count",
    meaning: "hours of which nothing can be said: not all was seen, or the time was over; `notCompared` says why",
  },
  UnreadObjects: { unit: "Count", meaning: "objects of the archive that cannot be read: `notRead` names them" },
  ArchivedEvents: { unit: "Count", meaning: "events in the archive that the settings index" },
  IndexedEvents: { unit: "Count", meaning: "those of them that have their document" },
  MissingEvents: { unit: "Count", meaning: "events in the archive that have none" },
  DuplicateEvents: { unit: "Count", meaning: "copies of documents in other indices than their own" },
  ExtraDocuments: { unit: "Count", meaning: "documents without an event in the archive" },
  AlteredDocuments: { unit: "Count", meaning: "documents of another time than their events have" },
  Duration: { unit: "Milliseconds", meaning: "the whole run" },
} as const satisfies Record<string, MetricDefinition>;
