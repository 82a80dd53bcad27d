import type { MonthlyCost } from "../../shared/page-state";
import { dollars } from "../ui/format";

export function CostPanel({ cost: { usd, fixedUsd, assumption } }: { readonly cost: MonthlyCost }) {
  return (
    <section class="panel cost" aria-labelledby="cost">
      <h2 id="cost">Cost in a real account</h2>
      <p>
        <strong class="number">{dollars(usd)}</strong> a month at this rate, of which{" "}
        <span class="number">{dollars(fixedUsd)}</span> even if nothing comes
      </p>
      <p class="quiet">{assumption}</p>
    </section>
  );
}
