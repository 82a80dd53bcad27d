import { StoppedError } from "../archive/outcome-errors";
import { compareUnit } from "./compare";
import type { CompareIo, UnitComparison } from "./comparison";
import { UnseenError } from "./engine/unseen-error";
import { type HealIo, heal } from "./heal";
import { TooManyIdsError } from "./id-table";
import type { AuditReport } from "./report";
import { type Unit, unitHalves } from "./time-range";

export interface AuditRun {
  io: CompareIo;
  report: AuditReport;
  /** Undefined: nothing is mended. */
  healing?: HealIo | undefined;
  /** Told when a unit is compared, or cannot be. */
  ended(unit: Unit): void;
}

/** As often a unit is mended in which more is wrong than can be named at a time. */
const MAX_HEALS = 100;

/** Audits units one after the other, and mends each where that is asked. What is found is in the report. */
export async function audit(units: readonly Unit[], run: AuditRun): Promise<void> {
  const { io, report, ended } = run;
  const waiting = [...units].reverse();
  try {
    for (let unit = waiting.pop(); unit; unit = waiting.pop()) {
      if (io.isInterrupted()) throw new StoppedError("The audit was interrupted.");
      try {
        report.add(await mended(await compareUnit(unit, io), run));
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
async function mended(found: UnitComparison, { io, report, healing }: AuditRun): Promise<UnitComparison> {
  if (!healing || !io.args.heal) return found;
  let comparison = found;
  for (let heals = 0; heals < MAX_HEALS && comparison.findings.named.length > 0; heals++) {
    const healed = await heal(comparison, io.args.heal.deletes, healing);
    report.addHealed(healed);
    const { unnamed } = comparison.findings;
    comparison = await compareUnit(comparison.unit, io);
    // Once more only if there was more than could be named, and something was done.
    if (unnamed === 0 || healed.delivered + healed.removed === 0) break;
  }
  return comparison;
}
