import { documentId, eventIdOf } from "../core/events/document-id";
import { indexNameOf } from "../core/events/index-layout";
import { ownIdIn } from "../core/events/own-id";
import { memberOf } from "../core/json/object";
import type { BulkBatch } from "../core/sinks/opensearch/bulk-batch";
import { hourOf } from "./archived-events";
import type { UnitComparison } from "./comparison";
import { isSameDocument } from "./contents";
import type { DocumentCopy, IndexedDocument } from "./engine/index-documents";
import type { Finding } from "./findings";

/** An event of the archive whose document was not found, or found altered. */
export interface DoubtfulEvent extends IndexedDocument {
  timeMs: number;
  logGroup: string;
  /** The object's key. */
  key: string;
  /** Where it is counted. */
  cell: number;
  /** Whether no search has found it. */
  isMissing: boolean;
  /** To compare the document's content. */
  contents?: { batch: BulkBatch; lines: Buffer; position: number };
}

/** SecondLooks that are looked at together. */
const BATCH = 200;

/** Looks for suspects by their ids, and counts and names those that are missing or altered. */
export class Verdicts {
  private suspects: DoubtfulEvent[] = [];

  constructor(private readonly comparison: UnitComparison) {}

  async add(suspect: DoubtfulEvent): Promise<void> {
    this.suspects.push(suspect);
    if (this.suspects.length >= BATCH) await this.end();
  }

  /** Decides about those that are left. */
  async end(): Promise<void> {
    const { suspects } = this;
    this.suspects = [];
    if (suspects.length === 0) return;
    const wanted = suspects.map(({ index, id }) => ({ index, id }));
    const present = new Map<string, DocumentCopy>();
    for (const copy of await this.comparison.io.index.present(wanted, this.comparison.io.args.isDeep)) {
      present.set(`${copy.index} ${copy.id}`, copy);
    }
    for (const suspect of suspects) this.decide(suspect, present.get(`${suspect.index} ${suspect.id}`));
  }

  private decide(suspect: DoubtfulEvent, copy: DocumentCopy | undefined): void {
    const { counts, toDeliver, toRewrite, toRemove } = this.comparison;
    const { cell, isMissing, key, index, id, timeMs, logGroup } = suspect;
    const name = (kind: "missing" | "altered"): void => {
      counts.at(cell)[kind]++;
      const isNamed = this.comparison.findings.add({ kind, index, id, timeMs, logGroup, object: key });
      if (!isNamed) return;
      (kind === "missing" ? toDeliver : toRewrite).add(key, id);
      if (copy) toRemove.push(copy);
    };
    if (!copy) {
      // What was found altered, and is gone now, is missing, too; it was in another index otherwise.
      if (isMissing) name("missing");
      return;
    }
    // A search does not find what was written a moment ago.
    if (isMissing) counts.at(cell).indexed++;
    if (isAltered(suspect, copy)) name("altered");
  }
}

function isAltered({ id, timeMs, isMissing, contents }: DoubtfulEvent, { source }: DocumentCopy): boolean {
  // An application may have put it at another time, too, and then no search of this range finds it.
  if (timeOf(source) !== timeMs) return !isMissing || !isOwnId(eventIdOf(id));
  return contents !== undefined && !isSameDocument(source ?? {}, contents.batch, contents.lines, contents.position);
}

/** Whether an application has chosen an event's id. */
const isOwnId = (id: string): boolean => ownIdIn(JSON.stringify({ "event.id": id })) !== undefined;

/** In ms since the epoch. */
function timeOf(source: Record<string, unknown> | undefined): number | undefined {
  const time = source?.["@timestamp"];
  const ms = typeof time === "string" ? Date.parse(time) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Counts and names documents without an event, as far as they are still there. */
export async function resolveExtra(suspects: readonly IndexedDocument[], comparison: UnitComparison): Promise<void> {
  const { counts, io, unit } = comparison;
  for (const copy of await io.index.present(suspects)) {
    const logGroup = textAt(copy, "aws.cloudwatch.log_group");
    // An event of a centralized log group is in objects of that one, which nobody reads for the one that it came from.
    const scope = documentId("", { owner: textAt(copy, "cloud.account.id"), logGroup });
    if (io.args.selection.logGroup !== undefined && !copy.id.endsWith(scope)) continue;
    const timeMs = timeOf(copy.source);
    counts.at(counts.numberOf(hourOf(timeMs ?? unit.fromMs), logGroup)).extra++;
    name({ kind: "extra", index: copy.index, id: copy.id, timeMs, logGroup }, copy, comparison);
  }
}

function textAt({ source }: DocumentCopy, field: string): string {
  const value = memberOf(source, field);
  return typeof value === "string" ? value : "";
}

/** Counts and names the copies of documents: all but the one in the event's own index. */
export async function resolveDuplicates(ids: readonly string[], comparison: UnitComparison): Promise<void> {
  const { counts, io, table } = comparison;
  const copies = new Map<string, DocumentCopy[]>();
  for (const copy of await io.index.copiesOf([...new Set(ids)])) {
    copies.set(copy.id, [...(copies.get(copy.id) ?? []), copy]);
  }
  for (const [id, found] of copies) {
    const cell = table.cells[comparison.find(id)]! - 1;
    const { hourMs, logGroup } = counts.hours[cell]!;
    const own = indexNameOf(io.layouts, logGroup, hourMs);
    const kept = found.find(({ index }) => index === own) ?? found[0]!;
    for (const copy of found) {
      // The same copy can come twice, and must never be removed for itself.
      if (copy.index === kept.index) continue;
      counts.at(cell).duplicate++;
      name({ kind: "duplicate", index: copy.index, id, timeMs: timeOf(copy.source), logGroup }, copy, comparison);
    }
  }
}

function name(finding: Finding, copy: DocumentCopy, { findings, toRemove }: UnitComparison): void {
  if (findings.add(finding)) toRemove.push(copy);
}
