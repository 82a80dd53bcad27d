import type { IndexLayouts } from "../../core/events/index-layout";
import {
  ageInDays,
  type Candidate,
  type CleanUpRules,
  candidates,
  type Disks,
  isStillNeeded,
} from "../../core/indices/clean-up-rules";
import { claimIn } from "../../core/indices/index-claim";
import { INDEX_CLEANUP_METRICS } from "../../core/metrics/index-cleanup";
import { InvocationReport } from "../../core/report/invocation-report";
import { CleanUpError } from "./clean-up-error";
import { type CleanUpEngineIo, deleteIndex, listIndices, readDisks, readMeta } from "./engine";

/** Time at the end of a run to report; before it no further index is begun. */
const REPORT_RESERVE_MS = 5_000;

/** After as many failures in a row the others are left to the next run: the engine does not delete at all. */
const MAX_FAILURES_IN_A_ROW = 5;

export interface CleanUpSettings {
  /** The pipeline's. */
  name: string;
  layouts: IndexLayouts;
  rules: CleanUpRules;
  maxDeletions: number;
  isDryRun: boolean;
  /** Namespace of the metrics in the run's line; "": none. */
  metricsNamespace: string;
}

export interface CleanUpIo extends CleanUpEngineIo {
  settings: CleanUpSettings;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** Writes a line to the function's own log. */
  log(line: Record<string, unknown>): void;
}

type Report = InvocationReport<keyof typeof INDEX_CLEANUP_METRICS>;

/**
 * Deletes the pipeline's indices that no rule keeps, one by one and by their whole names, and logs a line for each. Just before,
 * it asks the index whose it is and whether a replay protects it.
 *
 * @throws CleanUpError when it cannot list the indices, or an index could not be deleted
 */
export async function cleanUp(io: CleanUpIo): Promise<void> {
  const report: Report = new InvocationReport(INDEX_CLEANUP_METRICS, io.monotonicMs);
  try {
    await report.timed("Duration", () => cleanUpReporting(io, report));
  } catch (error) {
    report.failedWith(error);
    throw error;
  } finally {
    io.log(report.line(io.settings.metricsNamespace, io.now()));
  }
}

async function cleanUpReporting(io: CleanUpIo, report: Report): Promise<void> {
  const { layouts, rules } = io.settings;
  const engine = { ...io, remainingMs: () => io.remainingMs() - REPORT_RESERVE_MS };
  const indices = await listIndices(layouts, engine);
  report.add("Indices", indices.length);
  const disks = rules.maxDiskPercent > 0 ? await readDisks(engine) : undefined;
  const failed = await deleteCandidates(candidates(indices, rules, disks, io.now()), disks, engine, report);
  if (failed > 0) {
    const advice = "`failures` counts the reasons. A 403 needs es:ESHttpGet and es:ESHttpDelete on the indices.";
    throw new CleanUpError("INDICES_NOT_DELETED", `${failed} indices could not be deleted. ${advice}`);
  }
}

/** Returns the number of indices that could not be deleted. */
async function deleteCandidates(
  expired: readonly Candidate[],
  disks: Disks | undefined,
  io: CleanUpIo,
  report: Report,
): Promise<number> {
  const { rules, maxDeletions } = io.settings;
  let [freed, deleted, failed, failedInARow] = [0, 0, 0, 0];
  for (const candidate of expired) {
    if (!isStillNeeded(candidate, rules, disks, freed)) break;
    if (deleted >= maxDeletions || io.remainingMs() <= 0 || failedInARow >= MAX_FAILURES_IN_A_ROW) {
      report.add("PostponedDeletions");
      continue;
    }
    const outcome = await deleteOne(candidate, io, report);
    failedInARow = outcome === "failed" ? failedInARow + 1 : 0;
    if (outcome === "failed") failed++;
    if (outcome !== "deleted") continue;
    deleted++;
    freed += candidate.index.bytes ?? 0;
  }
  return failed;
}

async function deleteOne(
  { index, because }: Candidate,
  io: CleanUpIo,
  report: Report,
): Promise<"deleted" | "kept" | "failed"> {
  const { settings } = io;
  const meta = await readMeta(index, io);
  if (meta.is === "failed") return failedTo(index.name, meta.reason, io, report);
  if (meta.is === "gone") return "kept";
  const claim = claimIn(meta.value, settings, io.now());
  if (claim === "another pipeline") report.add("OtherOwnersIndices");
  if (claim === "protected") report.add("ProtectedIndices");
  if (claim !== "none") return "kept";
  if (!settings.isDryRun) {
    const answer = await deleteIndex(index, io);
    if (answer.is === "failed") return failedTo(index.name, answer.reason, io, report);
    if (answer.is === "gone") return "kept";
  }
  report.add("DeletedIndices");
  report.add("DeletedBytes", index.bytes);
  const { name, documents, bytes } = index;
  const ageDays = Math.floor(ageInDays(index, io.now()));
  io.log({ [settings.isDryRun ? "wouldDelete" : "deleted"]: name, because, documents, bytes, ageDays });
  return "deleted";
}

function failedTo(name: string, reason: string, io: CleanUpIo, report: Report): "failed" {
  report.failed("search", reason);
  report.add("FailedDeletions");
  io.log({ notDeleted: name, because: reason });
  return "failed";
}
