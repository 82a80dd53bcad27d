import type { SearchAnswer } from "../../shared/search-answers";
import type { SearchView } from "../../shared/search-view";
import { integerText } from "../ui/format";
import { ColumnsMenu } from "./columns-menu";
import { askedQuery, type SearchState } from "./use-search";

interface FoundHeaderProps {
  readonly view: SearchView;
  readonly found: SearchState;
  change(change: Partial<SearchView>): void;
}

/** How many events there are, and what can be done with all of them. */
export function FoundHeader({ view, found: { answer }, change }: FoundHeaderProps) {
  return (
    <div class="search-found-line">
      <h2 aria-live="polite">{titleOf(answer)}</h2>
      <span class="search-found-actions">
        <ColumnsMenu view={view} change={change} />
        {answer !== undefined && answer.rows.length > 0 && (
          <a href={`api/search/export?${askedQuery(view)}`} download>
            Export as NDJSON
          </a>
        )}
      </span>
    </div>
  );
}

function titleOf(answer: SearchAnswer | undefined): string {
  if (!answer?.summary) return "Searching …";
  const { isWhole, summary } = answer;
  const count = summary.total === 1 ? "1 event" : `${integerText(summary.total)} events`;
  return isWhole ? count : `At least ${count}`;
}
