import { HOUR_MS } from "../../core/events/durations";
import { isObject } from "../../core/json/object";
import { type IndexSettings, parseIndexSettings } from "../../core/settings/index-settings";
import { AuditError } from "./audit-error";

/** What stands in the schedule's input for the time. Source: EventBridge Scheduler User Guide, "Adding context attributes". */
const SCHEDULED_TIME = "<aws.scheduler.scheduled-time>";

/** A UTC time, as ISO 8601 writes it. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z$/;

export interface AskedAudit {
  settings: IndexSettings;
  /** What becomes of messages, by log group and by stream. */
  messages: NonNullable<IndexSettings["messages"]>;
  /** Whole hours, the end excluded, in ms since the epoch. */
  fromMs: number;
  toMs: number;
}

export interface AuditedHoursSettings {
  minAgeHours: number;
  lookBackHours: number;
}

/**
 * Returns what a run audits.
 *
 * @param event `index_settings`: the pipeline's, which the schedule sends; `time`: for when the run is. @default now
 * @throws AuditError for an event that cannot be read, naming each mistake
 */
export function askedAudit(event: unknown, hours: AuditedHoursSettings, nowMs: number): AskedAudit {
  const { index_settings: given, time } = isObject(event) ? event : {};
  const { settings, errors } = parseIndexSettings(JSON.stringify(given ?? null));
  const timeMs = time === undefined || time === SCHEDULED_TIME ? nowMs : timeOf(time);
  const mistakes = [
    ...errors.map((error) => `index_settings: ${error}`),
    ...(settings && !settings.messages ? ["index_settings: messages is missing."] : []),
    ...(Number.isNaN(timeMs)
      ? [`time is ${JSON.stringify(time)}. Allowed: a UTC time such as 2026-11-21T03:00Z.`]
      : []),
  ];
  if (mistakes.length > 0) {
    const advice = "The input of the pipeline's schedule is an event that the function takes.";
    throw new AuditError("INVALID_EVENT", `Correct the event:\n- ${mistakes.join("\n- ")}\n${advice}`);
  }
  const toMs = Math.floor(timeMs / HOUR_MS - hours.minAgeHours) * HOUR_MS;
  return { settings: settings!, messages: settings!.messages!, fromMs: toMs - hours.lookBackHours * HOUR_MS, toMs };
}

const timeOf = (text: unknown): number => (typeof text === "string" && TIME.test(text) ? Date.parse(text) : Number.NaN);
