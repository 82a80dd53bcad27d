import { isObject } from "../json/object";
import type { Disks } from "./clean-up-rules";

/** The columns of `_cat/allocation` that `disksIn` reads. */
export const DISK_COLUMNS = "disk.used,disk.total";

/**
 * Sums the disks of the data nodes. A row without a disk, such as that of the unassigned shards, counts for nothing.
 *
 * @param rows of `_cat/allocation` with `format=json&bytes=b`
 * @returns undefined where no row has a disk, or more of one is used than there is
 */
export function disksIn(rows: readonly unknown[]): Disks | undefined {
  const disks: Disks = { used: 0, total: 0 };
  for (const row of rows) {
    const { "disk.used": used, "disk.total": total } = isObject(row) ? row : {};
    if (!isBytes(used) || !isBytes(total)) continue;
    if (Number(used) > Number(total)) return undefined;
    disks.used += Number(used);
    disks.total += Number(total);
  }
  return disks.total > 0 ? disks : undefined;
}

const isBytes = (value: unknown): value is string => typeof value === "string" && /^\d{1,18}$/.test(value);
