import type { Sink } from "./sink";

/** A dry run: what is found is counted, and left alone. */
export const nothing: Sink = { findsPresent: false, deliver: async () => {} };
