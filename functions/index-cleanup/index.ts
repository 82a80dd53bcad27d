import { setTimeout as sleep } from "node:timers/promises";
import type { ScheduledHandler } from "aws-lambda";
import { layoutsOfEnvironment } from "../../core/events/configured-layouts";
import { searchSend } from "../../core/http/search-send";
import { parseIndexCleanupEnvironment } from "../../core/settings/index-cleanup";
import { type CleanUpIo, cleanUp } from "./clean-up";

const environment = parseIndexCleanupEnvironment(process.env);

const io: Omit<CleanUpIo, "remainingMs"> = {
  settings: {
    name: environment.PIPELINE_NAME,
    // Names of indices are parsed, whatever their log groups are.
    layouts: layoutsOfEnvironment({ ...environment, INDEX_NAME: "" }),
    rules: {
      keepDays: environment.KEEP_DAYS,
      keepCount: environment.KEEP_COUNT,
      maxDiskPercent: environment.MAX_DISK_PERCENT,
    },
    maxDeletions: environment.MAX_DELETIONS_PER_RUN,
    isDryRun: environment.DRY_RUN,
    metricsNamespace: environment.METRICS_NAMESPACE,
  },
  send: searchSend(environment),
  sleep: (ms) => sleep(ms),
  random: Math.random,
  now: Date.now,
  monotonicMs: () => performance.now(),
  // CloudWatch extracts metrics only from a line that is JSON.
  log: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
};

/** A run of the schedule: see `cleanUp`. */
export const handler: ScheduledHandler = (_event, context) =>
  cleanUp({ ...io, remainingMs: () => context.getRemainingTimeInMillis() });
