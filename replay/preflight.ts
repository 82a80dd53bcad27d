import type { Bucket } from "../archive/bucket";
import { listFailure } from "../archive/bucket-errors";
import type { RunDeadline } from "../archive/deadlines";
import { inParallel } from "../core/concurrency/in-parallel";
import { counted } from "../tools/text/numbers";
import { Progress } from "../tools/text/progress";
import { UsageError } from "../tools/usage/usage-error";
import { ValidationErrors } from "../tools/usage/validation-errors";
import type { ReplayArguments } from "./arguments/arguments";
import type { Journal } from "./journal";
import { KIND_READERS } from "./kinds";
import type { Totals } from "./report";

const LISTINGS = 8;

export interface Surveyed {
  prefixes: string[];
  /** Without the objects that an earlier run has finished. */
  totals: Totals;
  /** Objects of the journal that were overwritten or deleted since. */
  changed: number;
}

export interface PreflightOptions {
  args: ReplayArguments;
  bucket: Bucket;
  journal: Journal | undefined;
  /** Rejects with a UsageError when the search endpoint does not answer; undefined for other sinks. */
  probe: (() => Promise<unknown>) | undefined;
  deadline: RunDeadline;
}

/**
 * Lists the objects to replay, probes the search endpoint and opens the journal, before anything is delivered.
 *
 * @returns undefined when interrupted
 * @throws UsageError listing those that cannot be used
 */
export async function preflight(options: PreflightOptions): Promise<Surveyed | undefined> {
  const { bucket, journal, probe, deadline } = options;
  const [listing, ...others] = await Promise.allSettled([
    list(options).catch((error) => {
      if (error instanceof UsageError) throw error;
      throw new UsageError([listFailure(error, bucket.name)]);
    }),
    probe && deadline.beforeDeadline(probe()),
    (async () => journal?.prepare())(),
  ]);
  if (deadline.isInterrupted) return undefined;
  const errors = new ValidationErrors();
  for (const step of [listing, ...others]) {
    if (step.status === "rejected") errors.addFrom(step.reason);
  }
  errors.throwIfAny();
  return listing.status === "fulfilled" ? listing.value : undefined;
}

async function list({ args, bucket, journal }: PreflightOptions): Promise<Surveyed> {
  const totals = { objects: 0, bytes: 0 };
  const progress = new Progress(process.stderr, () => `listing: ${counted(totals.objects, "object")} so far`);
  try {
    const reader = KIND_READERS[args.kind];
    const prefixes = await reader.prefixes(bucket, args);
    await inParallel(LISTINGS, prefixes, async (prefix) => {
      for await (const object of bucket.list(prefix)) {
        if (reader.isSelected?.(object, args) === false) continue;
        journal?.known.compare(object, reader.maxEvents(object.bytes));
        if (journal?.known.isFinished(object)) continue;
        totals.objects++;
        totals.bytes += object.bytes;
      }
    });
    const changed = journal?.known.forgetUnlisted() ?? 0;
    return { prefixes, totals, changed };
  } finally {
    progress.end();
  }
}
