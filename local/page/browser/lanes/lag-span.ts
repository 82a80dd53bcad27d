import type { LaneKind, PageLane } from "../../shared/page-state";

/** Where an event's arrival is known. */
const FROM: Readonly<Record<LaneKind, string>> = {
  "log groups": "stream",
  application: "stream",
  "access logs": "bucket",
  Firehose: "delivery stream",
};

/** Whether a search finds the events of a lane; else S3 has them. */
export const isSearchable = ({ destinations }: Pick<PageLane, "destinations">): boolean =>
  destinations.some(({ kind }) => kind === "index");

/** Between which places the lag of a lane is measured, such as `bucket to searchable`. */
export const lagSpan = (lane: Pick<PageLane, "kind" | "destinations">): string =>
  `${FROM[lane.kind]} to ${isSearchable(lane) ? "searchable" : "S3"}`;
