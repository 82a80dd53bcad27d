import { type IndexPeriod, PERIOD_PATTERNS } from "../settings/index-periods";
import { ENCODED_LOG_GROUP, encodeLogGroup } from "./encode-log-group";
import { type NamedPeriod, parsePeriodName, periodName } from "./index-period";

/** How indices are named: `<prefix><log group, or the index that it shares>-<period>`. */
export interface IndexLayout {
  prefix: string;
  period: IndexPeriod;
  /** Returns the index that a log group shares with others, without prefix and period; undefined or "": it has its own. */
  sharedIndexOf(logGroup: string): string | undefined;
}

/** A layout and the events that it holds for. */
export interface EarlierLayout extends IndexLayout {
  /** Exclusive, in ms since the epoch: events before it, by their own time, keep this layout. */
  until: number;
}

/** The layouts of a pipeline. The name of an event's index is a function of the event alone, so that retries and replays agree. */
export interface IndexLayouts {
  current: IndexLayout;
  /** The earliest first. */
  earlier: readonly EarlierLayout[];
}

/** Returns the layout of events at `time`, in ms since the epoch. */
export function layoutAt({ current, earlier }: IndexLayouts, time: number): IndexLayout {
  return earlier.find(({ until }) => time < until) ?? current;
}

/** Whether the pipeline's indices begin with `prefix`, or began with it before. */
export function isOwnPrefix({ current, earlier }: IndexLayouts, prefix: unknown): boolean {
  return [current, ...earlier].some((layout) => layout.prefix === prefix);
}

/** Returns the name of the index of a log group's event. @param time the event's own, in ms since the epoch */
export function indexNameOf(layouts: IndexLayouts, logGroup: string, time: number): string {
  const { prefix, period, sharedIndexOf } = layoutAt(layouts, time);
  return `${prefix}${sharedIndexOf(logGroup) || encodeLogGroup(logGroup)}-${periodName(period, new Date(time).toISOString())}`;
}

/** The parts of an index's name. */
export interface ParsedIndexName extends NamedPeriod {
  /** The name before the period, `-` included: equal for all indices of one log group or shared index. */
  stem: string;
}

/** Returns the parts of a name that `layouts` can have given to an index, as a whole; undefined for any other, such as `cwl-2026.11.26`. */
export function parseIndexName({ current, earlier }: IndexLayouts, name: string): ParsedIndexName | undefined {
  const at = name.lastIndexOf("-") + 1;
  const stem = name.slice(0, at);
  const named = parsePeriodName(name.slice(at));
  if (!named) return undefined;
  let from = Number.NEGATIVE_INFINITY;
  for (const layout of [...earlier, { ...current, until: Number.POSITIVE_INFINITY }]) {
    const { prefix, period, until } = layout;
    const isOfItsTime = named.start < until && named.end > from;
    const group = stem.startsWith(prefix) ? stem.slice(prefix.length, -1) : "";
    if (isOfItsTime && named.period === period && ENCODED_LOG_GROUP.test(group)) return { ...named, stem };
    from = until;
  }
  return undefined;
}

/** Returns the pattern of an engine that matches each index of the layout, and as few others as a pattern can; never `cwl-2026.11.26`. */
export function indexPattern({ prefix, period }: Pick<IndexLayout, "prefix" | "period">): string {
  return `${prefix}*-${PERIOD_PATTERNS[period]}`;
}

/** Returns the patterns of all layouts, each once. */
export function indexPatterns({ current, earlier }: IndexLayouts): string[] {
  return [...new Set([current, ...earlier].map(indexPattern))];
}
