import type { LaneMessages } from "../lane-messages";
import { ruledRecord } from "../ruled-record";
import type { ReplaySink } from "./sink";

/** A dry run: events are read and counted, and go nowhere. */
export const nothing: ReplaySink = { detectsDuplicates: false, deliver: async () => {} };

/** A dry run that counts, too, what today's rules do. */
export function rulesOnly(messages: LaneMessages): ReplaySink {
  return {
    detectsDuplicates: false,
    async deliver(records, progress) {
      messages.count(
        records.map((record) => ruledRecord(record, messages)),
        progress,
      );
    },
  };
}
