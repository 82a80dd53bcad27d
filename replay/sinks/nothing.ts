import type { ReplaySink } from "./sink";

/** A dry run: events are read and counted, and go nowhere. */
export const nothing: ReplaySink = { detectsDuplicates: false, deliver: async () => {} };
