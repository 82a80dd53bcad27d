import { StoppedError, UnfinishedError } from "../archive/outcome-errors";
import { compareUnit } from "./compare";
import type { CompareIo, UnitComparison } from "./comparison";
import { UnseenError } from "./engine/unseen-error";
import { type Healed, type HealIo, heal } from "./heal";
import { TooManyIdsError } from "./id-table";
import type { AuditJournal } from "./journal";
import type { AuditReport } from "./report";
import { type Unit, unitHalves } from "./time-range";
import { addHealed, findingsOf, nothingHealed } from "./unit-outcome";

/** How a unit is compared and mended. */
export interface AuditWays {
  compare(unit: Unit, io: CompareIo): Promise<UnitComparison>;
  heal(comparison: UnitComparison, deletes: boolean, io: HealIo): Promise<Healed>;
  /** Whether what is healed is in the index then: it is compared again. */
  healsAtOnce: boolean;
}

const OF_ARCHIVE: AuditWays = { compare: compareUnit, heal, healsAtOnce: true };

export interface AuditRun {
  io: CompareIo;
  report: AuditReport;
  /** Undefined: nothing is mended. */
  healing?: HealIo | undefined;
  /** How units are compared and mended. @default those of the archive */
  ways?: AuditWays | undefined;
  /** Told when a unit is compared, or cannot be. */
  ended(unit: Unit): void;
  /** What earlier runs have found, and this one. @default the run cannot be resumed */
  journal?: AuditJournal | undefined;
}

/** As often a unit is mended in which more is wrong than can be named at a time. */
const MAX_HEALS = 100;

/** Audits units one after the other, and mends each where that is asked. What is found is in the report. */
export async function audit(units: readonly Unit[], run: AuditRun): Promise<void> {
  const { io, report, ended } = run;
  const waiting = [...units].reverse();
  try {
    for (let unit = waiting.pop(); unit; unit = waiting.pop()) {
      if (io.isInterrupted()) throw new StoppedError(INTERRUPTED);
      try {
        if (await isCompared(unit, run)) ended(unit);
        else waiting.push(...unitHalves(unit).reverse());
      } catch (error) {
        if (!(error instanceof UnseenError)) throw error;
        report.unseen.push({ fromMs: unit.fromMs, toMs: unit.toMs, reason: error.message });
        ended(unit);
      }
    }
  } catch (error) {
    if (!(error instanceof StoppedError) && !(error instanceof UnfinishedError)) throw error;
    report.stopped = error instanceof StoppedError ? error.message : INTERRUPTED;
  }
}

const INTERRUPTED = "The audit was interrupted.";

/** Adds to the report what is in a unit, or what an earlier run has found there. @returns false for a unit that is too large */
async function isCompared(unit: Unit, run: AuditRun): Promise<boolean> {
  const { report, journal } = run;
  const known = journal?.find(unit);
  if (known) {
    if (!known.outcome) return false;
    report.add(known.outcome);
    addHealed(report.healed, known.outcome.healed);
    return true;
  }
  const healed = nothingHealed();
  try {
    const found = findingsOf(await mended(await (run.ways ?? OF_ARCHIVE).compare(unit, run.io), run, healed));
    report.add(found);
    // What could not be read may be readable then.
    if (found.unread.length === 0) journal?.write({ unit, outcome: { ...found, healed } });
  } catch (error) {
    if (!(error instanceof TooManyIdsError)) throw error;
    journal?.write({ unit });
    return false;
  } finally {
    addHealed(report.healed, healed);
  }
  return true;
}

/** Mends what is wrong in a unit. @param sum of what is done @returns what is found then */
async function mended(
  found: UnitComparison,
  { io, healing, ways = OF_ARCHIVE }: AuditRun,
  sum: Healed,
): Promise<UnitComparison> {
  if (!healing || !io.args.heal) return found;
  let comparison = found;
  for (let heals = 0; heals < MAX_HEALS && comparison.findings.named.length > 0; heals++) {
    const healed = await ways.heal(comparison, io.args.heal.deletes, healing);
    addHealed(sum, healed);
    if (!ways.healsAtOnce) break;
    const { unnamed } = comparison.findings;
    comparison = await ways.compare(comparison.unit, io);
    // Once more only if there was more than could be named, and something was done.
    if (unnamed === 0 || healed.delivered + healed.removed === 0) break;
  }
  return comparison;
}
