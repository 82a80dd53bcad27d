import type { PutLine } from "../../shared/put";
import { visibleText } from "../ui/visible-text";

/** A line, and what became of it. */
export function TravelledLine({ line: { text, became, rejection } }: { readonly line: PutLine }) {
  const facts = became && [
    ...(became.level === undefined ? [] : [`level ${became.level}`]),
    ...(became.status === undefined ? [] : [`status ${became.status}`]),
    ...(became.message === text ? [] : [`message ${became.message}`]),
  ];
  return (
    <li>
      <code class="put-line">{visibleText(text)}</code>
      {facts && facts.length > 0 && <span class="quiet wrap">→ {visibleText(facts.join(", "))}</span>}
      {rejection !== undefined && <span class="error wrap">Rejected: {visibleText(rejection)}</span>}
    </li>
  );
}
