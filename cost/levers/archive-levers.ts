import { HOURS, VCPU_MIB } from "../model/units";
import type { Deployment } from "../plan/deployment";
import type { LeverRow } from "./lever";

const SHORT_EXPIRATION_DAYS = 90;

function withCompaction(deployment: Deployment): Deployment {
  const forwarder = deployment.functions.find(({ kind }) => kind === "forwarder");
  if (forwarder === undefined) return deployment;
  return {
    ...deployment,
    functions: [
      ...deployment.functions,
      { ...forwarder, kind: "archive-compaction", memoryMib: VCPU_MIB, runsPerMonth: HOURS },
    ],
  };
}

/** Of the archive, and of the bucket that `log-archive` makes. */
export const ARCHIVE_LEVERS: readonly LeverRow[] = [
  [
    "archive",
    "archive_compaction",
    (deployment) =>
      deployment.functions.some(({ kind }) => kind === "archive-compaction")
        ? undefined
        : { change: 'schedule = "rate(1 hour)": large objects transition', to: withCompaction(deployment) },
  ],
  [
    "archive",
    "transition_storage_class (log-archive)",
    (deployment) =>
      deployment.lifecycle?.transition && deployment.lifecycle.transition.storageClass !== "GLACIER_IR"
        ? {
            change: "GLACIER_IR: each GB that a replay reads costs more",
            to: {
              ...deployment,
              lifecycle: {
                ...deployment.lifecycle,
                transition: { ...deployment.lifecycle.transition, storageClass: "GLACIER_IR" },
              },
            },
          }
        : undefined,
  ],
  [
    "archive",
    "expiration_days (log-archive)",
    (deployment) =>
      (deployment.lifecycle?.expirationDays ?? Number.POSITIVE_INFINITY) > SHORT_EXPIRATION_DAYS
        ? {
            change: String(SHORT_EXPIRATION_DAYS),
            to: { ...deployment, lifecycle: { ...deployment.lifecycle, expirationDays: SHORT_EXPIRATION_DAYS } },
          }
        : undefined,
  ],
];
