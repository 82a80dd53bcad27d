import { type IndexLayout, indexNameOf } from "../../core/events/index-layout";
import type { PipelineIndices } from "../../core/indices/pipeline-indices";
import { templatePriority } from "../../core/indices/priority";
import { isObject } from "../../core/json/object";

/** A log group whose index stands for all. */
const SAMPLE = "/aws/lambda/sample";

interface OtherTemplate {
  name: string;
  patterns: string[];
  priority: number;
}

/**
 * Returns a text for each template of others that matches the pipeline's indices, too. An engine takes one template for an
 * index, the one of the highest priority, and nothing of the others.
 *
 * @param response to `GET /_index_template`
 * @param now in ms since the epoch
 */
export function overlapWarnings(indices: PipelineIndices, response: unknown, now: number): string[] {
  const { name, layouts } = indices;
  const own = templatePriority(layouts);
  const samples = [layouts.current, ...layouts.earlier].map((layout) => sampleIndex(layout, now));
  return othersIn(response, name).flatMap((other) => {
    const sample = samples.find((index) => other.patterns.some((pattern) => matches(pattern, index)));
    if (sample === undefined || other.priority < own) return [];
    return [
      `The index template ${JSON.stringify(other.name)} matches indices such as ${sample}, too, and its priority ` +
        `${other.priority} is not below that of ${JSON.stringify(name)}, ${own}: new indices get its settings and mappings. ` +
        "Give it a lower priority or narrower patterns, or the pipeline another prefix.",
    ];
  });
}

const sampleIndex = (current: IndexLayout, now: number): string =>
  indexNameOf({ current, earlier: [] }, current.sharedIndexOf(SAMPLE) || SAMPLE, now);

function othersIn(response: unknown, own: string): OtherTemplate[] {
  const entries = isObject(response) && Array.isArray(response.index_templates) ? response.index_templates : [];
  return entries.flatMap((entry: unknown) => {
    if (!isObject(entry) || !isObject(entry.index_template) || entry.name === own) return [];
    const { index_patterns, priority } = entry.index_template;
    // Without a priority it has the lowest.
    return {
      name: String(entry.name),
      patterns: [index_patterns ?? []].flat().map(String),
      priority: Number(priority ?? 0),
    };
  });
}

/** Patterns of templates know `*` alone. */
function matches(pattern: string, index: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return index === pattern;
  if (!index.startsWith(first)) return false;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = index.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return index.length - last.length >= at && index.endsWith(last);
}
