import type { SizingWorkload } from "./workload";

/** What indices take, as a multiple of what is written; without copies. */
export const INDEX_FACTOR = 1.2;
/** What stays free, as a multiple of what indices take. */
export const FREE_SPACE_FACTOR = 1.25;

/** What AWS counts instead of both: index, Linux and the service's own (its guide rounds it to 1.45). */
const AWS_FACTOR = 1.1 / 0.95 / 0.8;

/** In GB (10^9 bytes), of all data nodes. */
export interface SizedStorage {
  /** By the formula. */
  readonly formulaGb: number;
  /** The same with the index of the current day: what the volumes are sized for. */
  readonly volumesGb: number;
  /** By AWS's formula. */
  readonly awsGb: number;
}

export function storageOf({ gbPerDay, days, replicas }: SizingWorkload): SizedStorage {
  const written = gbPerDay * (1 + replicas);
  const day = written * INDEX_FACTOR * FREE_SPACE_FACTOR;
  return { formulaGb: day * days, volumesGb: day * (days + 1), awsGb: written * days * AWS_FACTOR };
}
