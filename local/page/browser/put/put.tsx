import { PUT_PARAMETERS, type PutTarget } from "../../shared/put";
import type { SectionProps } from "../section";
import { visibleText } from "../ui/visible-text";
import { PutCard } from "./put-card";
import { PutForm } from "./put-form";
import "./put.css";

export function PutBody({ state: { put, lanes }, query, setQuery }: SectionProps) {
  if (put === undefined) return <p class="quiet">Lines can be put as soon as the pipeline delivers.</p>;
  const { targets, puts, problem } = put;
  const isWanted = ({ kind, name }: PutTarget) => query.get(PUT_PARAMETERS[kind]) === name;
  const target = targets.find(isWanted) ?? targets[0];
  if (target === undefined) return <p class="quiet">The pipeline delivers no log group, and no access logs.</p>;
  const choose = ({ kind, name }: PutTarget) => setQuery(new URLSearchParams({ [PUT_PARAMETERS[kind]]: name }), false);
  return (
    <>
      <PutForm targets={targets} target={target} choose={choose} />
      {lanes.some(({ kind }) => kind === "Firehose" || kind === "application") && (
        <p class="quiet">
          Lines for delivery streams, and for the streams that applications write to, are put by{" "}
          <code>npm run send</code>: they are not followed here.
        </p>
      )}
      {problem !== undefined && <p class="error wrap">{visibleText(problem)}</p>}
      {puts.map((one) => (
        <PutCard key={one.id} put={one} />
      ))}
    </>
  );
}
