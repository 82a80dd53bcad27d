import { DEFAULT_SIZING, SIZING_LIMITS, UNKNOWN_PEAK_FACTOR } from "../sizing/workload";
import { invocationOf } from "../tools/installation";
import { keptDaysOf } from "./model/kept-days";
import { trafficOf } from "./model/traffic";
import { DAYS, GIB } from "./model/units";
import type { Workload } from "./model/workload";
import { copiesIn, type Deployment } from "./plan/deployment";

type SizingOption = keyof typeof SIZING_LIMITS;

/** Whose value sizing takes by itself. */
const DEFAULTS: Partial<Record<SizingOption, number>> = { ...DEFAULT_SIZING, peakFactor: UNKNOWN_PEAK_FACTOR };

/**
 * Returns the command that sizes a pipeline for what a cost is computed of: in GB of 10^9 bytes, as it takes them, and without options
 * that would say its defaults.
 *
 * @param groups log groups that the plan does not tell
 */
export function sizingCommand(deployment: Deployment, workload: Workload, groups?: number): string {
  const { gb, lines, records } = trafficOf(deployment, workload);
  const [domain] = deployment.domains;
  const { replicas } = deployment.indices;
  const options: Partial<Record<SizingOption, number | undefined>> = {
    gbPerDay: Number(((gb / DAYS) * (GIB / 1e9)).toPrecision(6)),
    days: keptDaysOf(deployment, workload),
    groups: groups ?? deployment.subscribedLogGroups.length,
    peakFactor: workload.peak,
    eventBytes: Math.round((gb * GIB) / lines),
    eventsPerRecord: Math.round(lines / records),
    compressedTo: workload.compressedTo,
    replicas: domain ? copiesIn(domain, deployment) - 1 : replicas,
    zones: domain?.zones,
  };
  const given = (Object.entries(options) as [SizingOption, number | undefined][]).flatMap(([name, value]) => {
    // Nothing that was counted says it.
    if (value === undefined || Number.isNaN(value)) return [];
    const [minimum, maximum] = SIZING_LIMITS[name];
    const accepted = Math.min(maximum, Math.max(minimum, value));
    return accepted === DEFAULTS[name] ? [] : [`${optionOf(name)} ${accepted}`];
  });
  return [invocationOf("sizing"), ...given].join(" ");
}

/** `--gb-per-day` of `gbPerDay` */
const optionOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
