import type { FaultSite, PageFault } from "../../shared/faults";
import type { SectionProps } from "../section";
import { post } from "../ui/api";
import { useAction } from "../ui/use-action";
import { ExperimentPanel } from "./experiment-panel";
import { FaultRow } from "./fault-row";
import "./faults.css";

const SITES: readonly FaultSite[] = ["function", "search engine", "archive", "log lines"];

const HEADINGS: Readonly<Record<FaultSite, string>> = {
  function: "The function",
  "search engine": "The search engine",
  archive: "The archive",
  "log lines": "What somebody logs",
};

export function FaultsBody({ state: { faults: shown } }: SectionProps) {
  const healing = useAction();
  if (shown === undefined) return <p class="quiet">Faults can be tried once the start has ended.</p>;
  const { faults, experiment, lastError } = shown;
  const areOn = faults.filter(({ status }) => status === "on");
  return (
    <>
      <ExperimentPanel
        broken={areOn.map(({ title }) => title)}
        experiment={experiment}
        lastError={lastError}
        heal={() => healing.run(() => post("api/faults/heal", {}))}
        error={healing.error}
      />
      {SITES.map((site) => (
        <section class="panel" key={site} aria-label={HEADINGS[site]}>
          <h2>{HEADINGS[site]}</h2>
          <ul class="faults">
            {ofSite(faults, site).map((fault) => (
              <FaultRow key={fault.id} fault={fault} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

const ofSite = (faults: readonly PageFault[], wanted: FaultSite) => faults.filter(({ site }) => site === wanted);
