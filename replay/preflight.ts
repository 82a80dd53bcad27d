import { inParallel } from "../functions/forwarder/in-parallel";
import type { ReplayArguments } from "./arguments/arguments";
import { MistakesError } from "./arguments/mistakes";
import type { Bucket } from "./bucket";
import { listFailure } from "./bucket-errors";
import type { Journal } from "./journal";
import { KIND_READERS } from "./kinds";
import type { Totals } from "./progress";

const LISTINGS = 8;

export interface Surveyed {
  prefixes: string[];
  totals: Totals;
}

/**
 * Lists what is to be replayed, knocks at the search endpoint and opens the journal, before anything is delivered.
 *
 * @param reach rejects with a MistakesError when the search endpoint does not answer; undefined where events go elsewhere
 * @throws MistakesError naming whatever of these can't be used
 */
export async function preflight(
  args: ReplayArguments,
  bucket: Bucket,
  journal: Journal | undefined,
  reach: (() => Promise<unknown>) | undefined,
): Promise<Surveyed> {
  const [surveyed, ...others] = await Promise.allSettled([
    list(args, bucket, journal),
    reach?.(),
    (async () => journal?.prepare())(),
  ]);
  const mistakes: string[] = [];
  if (surveyed.status === "rejected") mistakes.push(listFailure(surveyed.reason, bucket.name));
  for (const other of others) {
    if (other.status === "rejected") mistakes.push(...(other.reason as MistakesError).mistakes);
  }
  if (surveyed.status === "rejected" || mistakes.length > 0) throw new MistakesError(mistakes);
  return surveyed.value;
}

async function list(args: ReplayArguments, bucket: Bucket, journal: Journal | undefined): Promise<Surveyed> {
  const prefixes = await KIND_READERS[args.kind].prefixes(bucket, args);
  return { prefixes, totals: await survey(prefixes, bucket, journal) };
}

/** What is to be replayed, without what an earlier run has finished. */
async function survey(prefixes: string[], bucket: Bucket, journal: Journal | undefined): Promise<Totals> {
  const totals = { objects: 0, bytes: 0 };
  await inParallel(LISTINGS, prefixes, async (prefix) => {
    for await (const { key, bytes } of bucket.list(prefix)) {
      if (journal?.isFinished(key)) continue;
      totals.objects++;
      totals.bytes += bytes;
    }
  });
  return totals;
}
