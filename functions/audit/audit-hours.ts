import { randomBytes } from "node:crypto";
import type { Bucket } from "../../archive/bucket";
import type { AuditArguments } from "../../audit/arguments/arguments";
import type { CompareIo } from "../../audit/comparison";
import { EngineClient } from "../../audit/engine/engine-client";
import { IndexDocuments } from "../../audit/engine/index-documents";
import type { Finding, FindingKind } from "../../audit/findings";
import { AuditReport } from "../../audit/report";
import { audit } from "../../audit/run";
import { layoutsOfSettings } from "../../core/events/configured-layouts";
import type { Send } from "../../core/http/send";
import { AUDIT_METRICS } from "../../core/metrics/audit";
import { InvocationReport } from "../../core/report/invocation-report";
import { LaneMessages } from "../../replay/lane-messages";
import { type AskedAudit, type AuditedHoursSettings, askedAudit } from "./asked-audit";
import { AuditError } from "./audit-error";
import { ComparedHours } from "./compared-hours";

/** Time at the end of a run to report, in milliseconds; the requests end before it. */
export const AUDIT_RESERVE_MS = 15_000;

/** Findings of a kind, ranges and objects that a run names one by one; its counts have all. */
const MAX_NAMED = 20;

/** Findings that are kept of the hours that are compared together. */
const MAX_KEPT = 1000;

export interface AuditHoursSettings extends AuditedHoursSettings {
  archivePrefix: string;
  searchEndpoint: string;
  /** Of the function, which `aws.cloudwatch` has as the pipeline's. */
  region: string;
  /** Maximum size of an inflated record, in bytes. */
  recordMaxBytes: number;
  /** Maximum number of ids in memory. */
  maxIds: number;
  /** Namespace of the metrics in the run's line; "": none. */
  metricsNamespace: string;
}

export interface AuditHoursIo {
  settings: AuditHoursSettings;
  bucket: Bucket;
  /** Sends to the search endpoint. */
  send: Send;
  /** Milliseconds until the invocation's deadline. */
  remainingMs(): number;
  sleep(ms: number): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  /** The time, in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
  /** Writes a line to the function's own log. */
  log(line: Record<string, unknown>): void;
}

type Report = InvocationReport<keyof typeof AUDIT_METRICS>;

/**
 * Compares archive and index of the hours that are old enough, and changes nothing.
 *
 * @param event see `askedAudit`
 * @throws AuditError for an event that cannot be read, and when not all was compared
 */
export async function auditHours(event: unknown, io: AuditHoursIo): Promise<void> {
  const report: Report = new InvocationReport(AUDIT_METRICS, io.monotonicMs);
  let range = {};
  try {
    const asked = askedAudit(event, io.settings, io.now());
    range = { from: isoTime(asked.fromMs), to: isoTime(asked.toMs) };
    await report.timed("Duration", () => auditReporting(asked, io, report));
  } catch (error) {
    report.failedWith(error);
    throw error;
  } finally {
    io.log({ ...report.line(io.settings.metricsNamespace, io.now()), ...range });
  }
}

async function auditReporting(asked: AskedAudit, io: AuditHoursIo, report: Report): Promise<void> {
  const hours = new ComparedHours(asked);
  const named = new Map<FindingKind, number>();
  const found = new AuditReport((finding) => {
    const before = named.get(finding.kind) ?? 0;
    named.set(finding.kind, before + 1);
    if (before < MAX_NAMED) io.log(lineOf(finding));
  });
  await audit(hours.units, { io: compareIo(asked, io), report: found, ended: (unit) => hours.ended(unit) });

  const missing = hours.missing(found.unseen);
  const { sum } = found.counts;
  report.add("ComparedHours", hours.count - missing.length);
  report.add("NotComparedHours", missing.length);
  report.add("UnreadObjects", found.unread.length);
  report.add("ArchivedEvents", sum.archived);
  report.add("IndexedEvents", sum.indexed);
  report.add("MissingEvents", sum.missing);
  report.add("DuplicateEvents", sum.duplicate);
  report.add("ExtraDocuments", sum.extra);
  report.add("AlteredDocuments", sum.altered);
  for (const { fromMs, toMs, reason } of found.unseen.slice(0, MAX_NAMED)) {
    io.log({ notCompared: { from: isoTime(fromMs), to: isoTime(toMs) }, because: reason });
  }
  for (const { key, reason } of found.unread.slice(0, MAX_NAMED)) io.log({ notRead: key, because: reason });
  if (found.isComplete) return;
  const stopped = io.remainingMs() <= AUDIT_RESERVE_MS ? OUT_OF_TIME : found.stopped;
  const text = `${missing.length} of ${hours.count} hours are not compared, and ${found.unread.length} objects are not read`;
  throw new AuditError(
    "HOURS_NOT_COMPARED",
    `${text}: nothing is said of them.${stopped === undefined ? "" : ` ${stopped}`} docs/audit.md says what to do.`,
  );
}

const OUT_OF_TIME = "The invocation's time is over.";

function compareIo({ settings, messages, fromMs, toMs }: AskedAudit, io: AuditHoursIo): CompareIo {
  const { archivePrefix, searchEndpoint, region, recordMaxBytes, maxIds, minAgeHours } = io.settings;
  const remainingMs = () => io.remainingMs() - AUDIT_RESERVE_MS;
  const isInterrupted = () => remainingMs() <= 0;
  const send: Send = async (request) => {
    const timeoutMs = Math.min(request.timeoutMs, remainingMs());
    if (timeoutMs <= 0) throw new AuditError("DEADLINE_PASSED", OUT_OF_TIME);
    return io.send({ ...request, timeoutMs });
  };
  const layouts = layoutsOfSettings(settings);
  const client = new EngineClient({ send, sleep: io.sleep, random: io.random, isInterrupted });
  const args: AuditArguments = {
    ...{ bucket: io.bucket.name, archivePrefix, recordMaxBytes, lateHours: minAgeHours },
    selection: { fromMs, toMs },
    endpoint: { to: "endpoint", searchEndpoint, names: settings, messages },
    ...{ isDeep: false, isJson: false },
  };
  return {
    ...{ bucket: io.bucket, args, region, messages: new LaneMessages(messages), isInterrupted, layouts, maxIds },
    ...{ index: new IndexDocuments(client, layouts), maxNamed: MAX_KEPT },
    seeds: [randomBytes(4).readUInt32LE(), randomBytes(4).readUInt32LE()],
  };
}

const lineOf = ({ kind, index, id, timeMs, logGroup, object }: Finding) => ({
  ...{ found: kind, index, id, time: timeMs === undefined ? null : isoTime(timeMs) },
  ...{ logGroup: logGroup ?? null, object: object ?? null },
});

const isoTime = (ms: number): string => new Date(ms).toISOString();
