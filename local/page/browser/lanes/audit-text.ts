import type { LaneAudit } from "../../shared/page-state";
import { integerText } from "../ui/format";

/** Says in a sentence what the last audit has found. */
export function auditSentence({ atMs, found, error }: LaneAudit): { text: string; isBad: boolean } {
  if (atMs === undefined) return { text: "Not audited yet", isBad: false };
  if (error !== undefined || !found) return { text: "Not all could be audited", isBad: true };
  const wrong = Object.entries(found).filter(([, count]) => count > 0);
  if (wrong.length === 0) return { text: "Archive and index agree", isBad: false };
  return { text: `Audit: ${wrong.map(([name, count]) => `${integerText(count)} ${name}`).join(", ")}`, isBad: true };
}
