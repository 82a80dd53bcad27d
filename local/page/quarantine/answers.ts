import type { S3Client } from "@aws-sdk/client-s3";
import { PageError } from "../server/section";
import {
  QUARANTINE_KINDS,
  type QuarantineAnswer,
  type QuarantinedKind,
  type QuarantineReason,
  type QuarantineRow,
  type QuarantineRows,
} from "../shared/quarantine";
import { byAge } from "./list-objects";
import type { QuarantinedObject } from "./place";
import type { ShownEntry } from "./read-object";
import { replayRange } from "./replay-range";
import type { KnownPlace, QuarantineStore } from "./store";
import { latest, type ReasonTally } from "./tallies";

/** Reasons of a kind that are shown. */
const MAX_SHOWN_REASONS = 50;

/** Rows of a page. */
const ROWS = 50;

/** Objects of a page of rows that are read. */
const MAX_OBJECTS_READ = 50;

const MAX_ORIGINS = 500;

/** What a view of the quarantine has chosen. */
export interface QuarantineChoice {
  /** @default all */
  readonly origin: string | undefined;
}

/** Sums up what is known. @param replay of the section */
export function quarantineAnswer(
  store: QuarantineStore,
  { origin }: QuarantineChoice,
  replay: QuarantineAnswer["replay"],
): QuarantineAnswer {
  const places = store.places ?? [];
  const origins = new Map<string, number>();
  for (const tally of talliesIn(places)) {
    if (tally.origin !== "") origins.set(tally.origin, (origins.get(tally.origin) ?? 0) + tally.entries);
  }
  const kinds = QUARANTINE_KINDS.flatMap((kind) => {
    const ofKind = places.filter(({ place }) => place.kind === kind);
    return ofKind.length > 0 ? [kindOf(ofKind, origin)] : [];
  });
  return {
    kinds,
    origins: [...origins]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MAX_ORIGINS),
    problems: store.problems,
    ...(replay && { replay }),
  };
}

export function* talliesIn(places: readonly KnownPlace[]): Generator<ReasonTally> {
  for (const { objects } of places) for (const { tallies } of objects) yield* tallies;
}

function kindOf(places: readonly KnownPlace[], origin: string | undefined): QuarantinedKind {
  const [{ place }] = places as [KnownPlace];
  const reasons = new Map<string, QuarantineReason>();
  const chosen = (tally: ReasonTally) => origin === undefined || tally.origin === origin;
  for (const { objects } of places) {
    for (const { tallies } of objects) {
      for (const tally of tallies.filter(chosen)) {
        const { id, text } = tally.reason;
        const last = reasons.get(id);
        const newest = latest(last?.latest, tally.latest);
        reasons.set(id, {
          ...{ id, text, isUnreadable: tally.isUnreadable },
          entries: (last?.entries ?? 0) + tally.entries,
          events: (last?.events ?? 0) + tally.events,
          objects: (last?.objects ?? 0) + 1,
          ...(newest !== undefined && { latest: newest }),
          ...indexedOf(tally, last?.indexed),
        });
      }
    }
  }
  const sorted = [...reasons.values()].sort((a, b) => b.entries - a.entries || (b.latest ?? 0) - (a.latest ?? 0));
  const sum = (of: (one: KnownPlace) => number) => places.reduce((total, one) => total + of(one), 0);
  const offer = replayRange(places, origin);
  return {
    kind: place.kind,
    where: [...new Set(places.map(({ place: { bucket, prefix } }) => `s3://${bucket}/${prefix}`))].join(", "),
    objects: sum(({ listed }) => listed.count),
    bytes: sum(({ listed }) => listed.bytes),
    unread: sum(({ listed, objects }) => listed.objects.length - objects.length),
    unlisted: sum(({ listed }) => listed.count - listed.objects.length),
    entries: sorted.reduce((total, { entries }) => total + entries, 0),
    reasons: sorted.slice(0, MAX_SHOWN_REASONS),
    moreReasons: Math.max(0, sorted.length - MAX_SHOWN_REASONS),
    version: sum(({ version }) => version),
    ...(offer && { offer: { from: offer.from, to: offer.to } }),
  };
}

function indexedOf({ found }: ReasonTally, before: QuarantineReason["indexed"]): Pick<QuarantineReason, "indexed"> {
  // Those that were not looked for yet are not known.
  const known = found.filter((one) => one !== undefined);
  const of = known.length + (before?.of ?? 0);
  return of > 0 ? { indexed: { found: known.filter((one) => one).length + (before?.found ?? 0), of } } : {};
}

export interface RowsAsked extends QuarantineChoice {
  readonly kind: string;
  readonly reason: string | undefined;
  /** What `next` of an answer was. */
  readonly after: string | undefined;
}

/** Reads a page of rows, the newest objects first. @throws PageError */
export async function quarantineRows(store: QuarantineStore, s3: S3Client, asked: RowsAsked): Promise<QuarantineRows> {
  const { kind, origin, reason } = asked;
  const after = asked.after === undefined ? undefined : positionIn(asked.after);
  const isChosen = (tally: ReasonTally) =>
    (origin === undefined || tally.origin === origin) && (reason === undefined || tally.reason.id === reason);
  const chosen = (store.places ?? [])
    .filter(({ place }) => place.kind === kind)
    .flatMap(({ place, objects }) => objects.map((object) => ({ place, object })))
    .filter(({ object }) => object.tallies.some(isChosen) && (!after || byAge(object, after) >= 0))
    .sort((a, b) => byAge(a.object, b.object));
  const rows: QuarantineRow[] = [];
  for (const [n, { place, object }] of chosen.entries()) {
    const skipped = after && after.key === object.key && after.modified === object.modified ? after.skipped : 0;
    if (n === MAX_OBJECTS_READ) return { rows, next: positionText(object, 0) };
    const entries = (await store.entriesOf(s3, place, object)) ?? [];
    const listed = new Set(object.tallies.filter(isChosen).map((tally) => `${tally.reason.id} ${tally.origin}`));
    const isOther = object.tallies.some((tally) => tally.reason.id === "other" && isChosen(tally));
    const known = new Set(object.tallies.map((tally) => `${tally.reason.id} ${tally.origin}`));
    const own = entries
      .filter((entry) => {
        const name = `${store.reasonOf(entry)} ${entry.origin}`;
        return listed.has(name) || (isOther && !known.has(name));
      })
      .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0) || a.number - b.number);
    for (const [position, entry] of own.entries()) {
      if (position < skipped) continue;
      if (rows.length === ROWS) return { rows, next: positionText(object, position) };
      rows.push(rowOf(place.bucket, object, entry));
    }
  }
  return { rows };
}

function rowOf(bucket: string, { key, bytes }: QuarantinedObject, entry: ShownEntry): QuarantineRow {
  const { number, at, origin, stream, reason, text, more, events } = entry;
  return {
    ...{ bucket, key, bytes, entry: number, ...(at !== undefined && { at }) },
    ...{ origin, stream, reason, text, more, events },
  };
}

const positionText = ({ key, modified }: QuarantinedObject, skipped: number): string => `${skipped}:${modified}:${key}`;

function positionIn(text: string): { skipped: number; modified: number; key: string } {
  const [, skipped, modified, key] = /^(\d{1,6}):(\d{1,15}):(.+)$/s.exec(text) ?? [];
  if (key === undefined) throw new PageError(`after is ${JSON.stringify(text)}. Allowed: next of an answer.`);
  return { skipped: Number(skipped), modified: Number(modified), key };
}

/** Finds an object that was listed, so that nothing else of the buckets can be asked for. @throws PageError */
export function listedObject(store: QuarantineStore, kind: string, key: string) {
  for (const { place, listed } of store.places ?? []) {
    const object = place.kind === kind ? listed.objects.find((one) => one.key === key) : undefined;
    if (object) return { place, object };
  }
  throw new PageError("The quarantine has no such object (any more).", 404);
}
