import { inParallel } from "../core/concurrency/in-parallel";
import { counted } from "../tools/text/numbers";
import { Progress } from "../tools/text/progress";
import type { ReplayArguments } from "./arguments/arguments";
import { MistakesError } from "./arguments/mistakes";
import type { Bucket } from "./bucket";
import { listFailure } from "./bucket-errors";
import type { Journal } from "./journal";
import { KIND_READERS } from "./kinds";
import type { Interruption } from "./patience";
import type { Totals } from "./report";

const LISTINGS = 8;

export interface Surveyed {
  prefixes: string[];
  /** Without what an earlier run has finished. */
  totals: Totals;
}

export interface PreflightOptions {
  args: ReplayArguments;
  bucket: Bucket;
  journal: Journal | undefined;
  /** Rejects with a MistakesError when the search endpoint does not answer; undefined where events go elsewhere. */
  reach: (() => Promise<unknown>) | undefined;
  interruption: Interruption;
}

/**
 * Lists what is to be replayed, knocks at the search endpoint and opens the journal, before anything is delivered.
 *
 * @returns undefined when interrupted
 * @throws MistakesError naming whatever of these can't be used
 */
export async function preflight(options: PreflightOptions): Promise<Surveyed | undefined> {
  const { bucket, journal, reach, interruption } = options;
  const [surveyed, ...others] = await Promise.allSettled([
    list(options),
    reach && interruption.beforeDeadline(reach()),
    (async () => journal?.prepare())(),
  ]);
  if (interruption.isInterrupted) return undefined;
  const mistakes: string[] = [];
  if (surveyed.status === "rejected") mistakes.push(listFailure(surveyed.reason, bucket.name));
  for (const other of others) {
    if (other.status === "rejected") mistakes.push(...(other.reason as MistakesError).mistakes);
  }
  if (surveyed.status === "rejected" || mistakes.length > 0) throw new MistakesError(mistakes);
  return surveyed.value;
}

async function list({ args, bucket, journal }: PreflightOptions): Promise<Surveyed> {
  const totals = { objects: 0, bytes: 0 };
  const progress = new Progress(process.stderr, () => `listing: ${counted(totals.objects, "object")} so far`);
  try {
    const prefixes = await KIND_READERS[args.kind].prefixes(bucket, args);
    await inParallel(LISTINGS, prefixes, async (prefix) => {
      for await (const { key, bytes } of bucket.list(prefix)) {
        if (journal?.isFinished(key)) continue;
        totals.objects++;
        totals.bytes += bytes;
      }
    });
    return { prefixes, totals };
  } finally {
    progress.end();
  }
}
