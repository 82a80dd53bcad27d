import type { LinkArguments } from "../arguments/link-arguments";
import { apiClient } from "../client";
import { indexPatternId, indexPatternTitle } from "../saved-objects/index-pattern";
import { curlCommand } from "./curl-command";
import { discoverUrl, surroundingUrl } from "./discover-url";
import { type FoundEvent, findEvent } from "./found-event";
import { type LinkQuery, linkFilters, searchBodyOf } from "./link-query";

/** Before and after an event. */
const AROUND_MS = 5 * 60_000;

/** Prints a link to Dashboards, if its URL is given, and the command that finds the same. @throws UsageError when the event is not found */
export async function runLink(args: LinkArguments): Promise<number> {
  const { settings, searchEndpoint, login, around } = args;
  const indices = indexPatternTitle(settings);
  const event = around === undefined ? undefined : await findEvent(apiClient(searchEndpoint, login), indices, around);
  process.stdout.write(`${linkText(args, event)}\n`);
  return 0;
}

/** Returns what is printed. @param event that is looked around; undefined: none */
export function linkText(args: LinkArguments, event?: FoundEvent): string {
  const { settings, searchEndpoint, dashboardsUrl, discover, login } = args;
  const target = dashboardsUrl && { dashboardsUrl, discover, patternId: indexPatternId(settings.name) };
  const query = linkQuery(args, event);
  const command = curlCommand(searchEndpoint, indexPatternTitle(settings), searchBodyOf(query), login.by);
  return [
    ...(target ? [["In Dashboards:", discoverUrl(target, query)]] : []),
    ...(target && event ? [["Its surrounding documents:", surroundingUrl(target, query, event.id)]] : []),
    [target ? "The same by curl:" : "By curl (for a link to Dashboards, give --dashboards-url):", command],
  ]
    .map(([title, text]) => `${title}\n  ${text}`)
    .join("\n");
}

/** Returns what is looked for. */
export function linkQuery({ from, to, group, level, text }: LinkArguments, event?: FoundEvent): LinkQuery {
  const typed = { ...(level !== undefined && { level }) };
  if (!event) {
    const filters = linkFilters({ ...(group !== undefined && { group }), ...typed });
    return { from: from ?? "now-15m", to: to ?? "now", filters, text, order: "desc" };
  }
  const at = Date.parse(event.time);
  return {
    from: from ?? new Date(at - AROUND_MS).toISOString(),
    to: to ?? new Date(at + AROUND_MS).toISOString(),
    filters: linkFilters({ group: event.group, stream: event.stream, ...typed }),
    text,
    order: "asc",
  };
}
