import type { LaneAudit } from "../../shared/page-state";
import { CopiedText } from "../ui/copied-text";
import { clockTime } from "../ui/format";
import { auditSentence } from "./audit-text";

/** What the last audit of a lane says, and where something differs what it named. */
export function AuditNote({ audit }: { readonly audit: LaneAudit }) {
  const { atMs, findings, error, command } = audit;
  const { text, isBad } = auditSentence(audit);
  return (
    <div class="lanes-audit">
      <p class={isBad ? "bad" : "quiet"}>
        {text}
        {atMs !== undefined && (
          <>
            {" "}
            <span class="quiet number">as of {clockTime(atMs)} UTC</span>
          </>
        )}
        {audit.isRunning && <span class="quiet"> (audit is running)</span>}
      </p>
      {error !== undefined && <p class="lanes-audit-error wrap">{error}</p>}
      {findings.length > 0 && (
        <ul>
          {findings.map(({ kind, index, id }) => (
            <li key={`${kind} ${index} ${id}`}>
              {kind} <code class="wrap">{`${index}/${id}`}</code>
            </li>
          ))}
        </ul>
      )}
      {isBad && command !== undefined && <CopiedText text={command} />}
    </div>
  );
}
