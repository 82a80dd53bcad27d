import { StoppedError } from "../archive/outcome-errors";
import { compareUnit } from "./compare";
import type { CompareIo, UnitComparison } from "./comparison";
import { UnseenError } from "./engine/unseen-error";
import { type Healed, type HealIo, heal } from "./heal";
import { TooManyIdsError } from "./id-table";
import type { AuditReport } from "./report";
import { type Unit, unitHalves } from "./time-range";

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
}

/** As often a unit is mended in which more is wrong than can be named at a time. */
const MAX_HEALS = 100;

/** Audits units one after the other, and mends each where that is asked. What is found is in the report. */
export async function audit(units: readonly Unit[], run: AuditRun): Promise<void> {
  const { io, report, ended, ways = OF_ARCHIVE } = run;
  const waiting = [...units].reverse();
  try {
    for (let unit = waiting.pop(); unit; unit = waiting.pop()) {
      if (io.isInterrupted()) throw new StoppedError("The audit was interrupted.");
      try {
        report.add(await mended(await ways.compare(unit, io), run));
        ended(unit);
      } catch (error) {
        if (error instanceof TooManyIdsError) waiting.push(...unitHalves(unit).reverse());
        else if (error instanceof UnseenError) {
          report.unseen.push({ fromMs: unit.fromMs, toMs: unit.toMs, reason: error.message });
          ended(unit);
        } else throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    report.stopped = error.message;
  }
}

/** Mends what is wrong in a unit. @returns what is found then */
async function mended(
  found: UnitComparison,
  { io, report, healing, ways = OF_ARCHIVE }: AuditRun,
): Promise<UnitComparison> {
  if (!healing || !io.args.heal) return found;
  let comparison = found;
  for (let heals = 0; heals < MAX_HEALS && comparison.findings.named.length > 0; heals++) {
    const healed = await ways.heal(comparison, io.args.heal.deletes, healing);
    report.addHealed(healed);
    if (!ways.healsAtOnce) break;
    const { unnamed } = comparison.findings;
    comparison = await ways.compare(comparison.unit, io);
    // Once more only if there was more than could be named, and something was done.
    if (unnamed === 0 || healed.delivered + healed.removed === 0) break;
  }
  return comparison;
}
