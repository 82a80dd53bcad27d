import type { SectionProps } from "../section";
import { visibleText } from "../ui/visible-text";
import { PutCard } from "./put-card";
import { PutForm } from "./put-form";
import "./put.css";

export function PutBody({ state: { put }, query, setQuery }: SectionProps) {
  if (put === undefined) return <p class="quiet">Lines can be put as soon as the pipeline delivers.</p>;
  const { logGroups, puts, problem } = put;
  const wanted = query.get("group") ?? "";
  const logGroup = logGroups.includes(wanted) ? wanted : logGroups[0];
  if (logGroup === undefined) return <p class="quiet">The pipeline delivers no log group.</p>;
  return (
    <>
      <PutForm
        logGroups={logGroups}
        logGroup={logGroup}
        choose={(group) => setQuery(new URLSearchParams({ group }), false)}
      />
      {problem !== undefined && <p class="error wrap">{visibleText(problem)}</p>}
      {puts.map((one) => (
        <PutCard key={one.id} put={one} />
      ))}
    </>
  );
}
