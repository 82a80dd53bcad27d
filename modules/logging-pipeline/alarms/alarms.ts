import type { Precondition } from "cdktf";
import { alarmsByKey, alarmTopics, createAlarms, ownTopics } from "../../aws/alarms";
import { hcl } from "../../terraform/expression";
import type { Context } from "../context";
import type { Lanes } from "../lanes";
import { metricsNamespace } from "../metrics-namespace";
import { deliveryAlarms } from "./delivery";
import { domainAlarms } from "./domain";
import { logGroupAlarms } from "./log-group";

/** The alarms of the pipeline and its domain, and those of each lane; none without `alarms`. */
export function createPipelineAlarms(context: Context, lanes: Lanes): void {
  const { scope, inputs } = context;
  const { name, alarms, tags } = inputs;
  const topics = alarmTopics(alarms);
  // A constraint rejects an empty namespace, once; the provider would for each alarm.
  const areMade = hcl`${alarms.actions} != null && (${metricsNamespace(inputs)}) != ""`;
  createAlarms(scope, {
    ids: { local: "alarms", alarm: "metric_alarm" },
    alarms: alarmsByKey(name, { ...deliveryAlarms(context), ...domainAlarms(context) }, areMade),
    haveQueries: false,
    ...{ topics, tags },
  });
  const areWanted = hcl`coalesce(${alarms.eachLogGroup}, false)`;
  const ofLane = alarmsByKey(hcl`lane.name`, logGroupAlarms(context), areWanted, hcl`join(":", [lane_key, key])`);
  createAlarms(scope, {
    ids: { local: "log_group_alarms", alarm: "log_group_metric_alarm" },
    alarms: hcl`merge([for lane_key, lane in ${lanes.byKey} : ${ofLane}]...)`,
    haveQueries: true,
    ...{ topics, tags },
  });
}

/** Violated by topics of another region. */
export const ownAlarmTopics = (context: Context): Precondition[] => ownTopics(context.account, context.inputs.alarms);
