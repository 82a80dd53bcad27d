import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { countIf } from "../../terraform/count";
import { hcl } from "../../terraform/expression";
import type { Context } from "../context";
import { makesDomain } from "../own-domain";
import { graphWidget } from "./graph";
import { domainGraphs, pipelineGraphs } from "./graphs";

/** A dashboard of the pipeline, and of the domain that it makes; it has the same size however many log groups there are. */
export function createDashboard(context: Context): void {
  const { scope, inputs, account } = context;
  const [ofPipeline, ofDomain] = [pipelineGraphs(context), domainGraphs(context)].map((graphs) =>
    graphs.map((graph) => graphWidget(graph, account.region)),
  );
  // Not a conditional: its two results would have to have one type.
  const widgets = hcl`concat(${ofPipeline}, [for widget in ${ofDomain} : widget if ${makesDomain(inputs)}])`;
  new CloudwatchDashboard(scope, "dashboard", {
    count: countIf(inputs.dashboard),
    dashboardName: inputs.name.string,
    dashboardBody: hcl`jsonencode({ widgets = ${widgets} })`.string,
  });
}
