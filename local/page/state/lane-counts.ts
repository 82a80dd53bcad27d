import type { Subscription } from "../../emulator/subscriptions";
import type { LaneCounts } from "../shared/page-state";
import type { FunctionTally } from "./function-tallies";
import type { LaneShape } from "./lane-shape";

interface Counted {
  readonly subscriptions: readonly Pick<Subscription, "logGroup" | "streamArn" | "events">[];
  readonly tally: FunctionTally;
  readonly indexed: number | undefined;
  readonly archived: number | undefined;
}

/** Puts together what is counted of a lane. */
export function laneCounts(lane: LaneShape, { subscriptions, tally, indexed, archived }: Counted): LaneCounts {
  const ofLane = subscriptions.filter(({ streamArn }) => streamArn === lane.id);
  const { sums } = tally;
  const sum = (...names: string[]) => names.reduce((total, name) => total + (sums[name] ?? 0), 0);
  return {
    // Only what comes from log groups is counted where it is put.
    ...(ofLane.length > 0 && { put: ofLane.reduce((total, { events }) => total + events, 0) }),
    ...(indexed !== undefined && { indexed }),
    ...(archived !== undefined && { archived }),
    retried: sum("RetriedEvents"),
    returned: sum("UnprocessedRecords", "UnprocessedMessages"),
    rejected: sum("RejectedEvents", "TooLongLines"),
    deadLettered: sum("DeadLetteredRecords", "UnreadableObjects", "FailedRecords"),
  };
}
