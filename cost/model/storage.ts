import type { BucketLifecycle } from "../plan/deployment";
import type { PriceName } from "../prices/price-names";
import { DAYS, GIB, SMALLEST_TRANSITION } from "./units";
import { type Item, type Usage, usagesOf } from "./usage";

/** What is put into a bucket in a month. */
export interface StoredObjects {
  readonly gb: number;
  readonly objects: number;
  /** How long it is kept. */
  readonly days: number;
}

/** The classes that answer at once, of which a replay reads. */
const CLASSES: Readonly<
  Record<
    string,
    { readonly transition: PriceName; readonly phases: readonly (readonly [days: number, price: PriceName])[] }
  >
> = {
  STANDARD_IA: {
    transition: "s3_standard_ia_transition_thousand",
    phases: [[Number.POSITIVE_INFINITY, "s3_standard_ia_gb_month"]],
  },
  GLACIER_IR: {
    transition: "s3_glacier_ir_transition_thousand",
    phases: [[Number.POSITIVE_INFINITY, "s3_glacier_ir_gb_month"]],
  },
  // Nobody reads them meanwhile. Its archive instant access tier, after 90 days, costs less than this.
  INTELLIGENT_TIERING: {
    transition: "s3_intelligent_transition_thousand",
    phases: [
      [30, "s3_intelligent_frequent_gb_month"],
      [Number.POSITIVE_INFINITY, "s3_intelligent_infrequent_gb_month"],
    ],
  },
};

/**
 * What a bucket stores once as much expires as is put, by its storage classes.
 *
 * Only objects of 128 KB and more transition. Batches vary, and with them the objects' sizes: exponentially about their mean.
 */
export function storageUsage(
  item: Item,
  { gb, objects, days }: StoredObjects,
  { transition, expirationDays }: BucketLifecycle,
): Usage[] {
  const usage = usagesOf(item);
  const kept = expirationDays ?? days;
  const gbPerDay = gb / DAYS;
  const storageClass = transition && CLASSES[transition.storageClass];
  const inStandard = storageClass ? Math.min(kept, transition.days) : kept;
  const large = objects === 0 ? 0 : SMALLEST_TRANSITION / ((gb * GIB) / objects);
  const ofBytes = gb === 0 ? 0 : (1 + large) * Math.exp(-large);
  const rest = kept - inStandard;
  const usages = [
    usage("storage in S3 Standard", "s3_standard_gb_month", gbPerDay * (inStandard + rest * (1 - ofBytes))),
  ];
  if (!storageClass || rest <= 0) return usages;
  let left = rest;
  for (const [phaseDays, price] of storageClass.phases) {
    const phase = Math.min(left, phaseDays);
    usages.push(usage(`storage in ${transition.storageClass}`, price, gbPerDay * phase * ofBytes));
    left -= phase;
  }
  const moved = gb === 0 ? 0 : objects * Math.exp(-large);
  usages.push(usage(`transitions to ${transition.storageClass}`, storageClass.transition, moved / 1_000));
  if (transition.storageClass === "INTELLIGENT_TIERING") {
    usages.push(usage("monitoring of objects", "s3_intelligent_object_thousand", ((moved / DAYS) * rest) / 1_000));
  }
  return usages;
}
