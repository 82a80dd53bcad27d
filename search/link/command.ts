import { quoted } from "../../tools/text/one-line";
import { UsageError } from "../../tools/usage/usage-error";
import type { LinkArguments } from "../arguments/link-arguments";
import { apiClient } from "../client";
import { indexPatternId, indexPatternTitle } from "../saved-objects/index-pattern";
import { curlCommand } from "./curl-command";
import { discoverUrl, surroundingUrl } from "./discover-url";
import { type FoundEvent, findEvent } from "./found-event";
import { linkFilters, neighbourBodiesOf, searchBodyOf } from "./link-query";

/** Prints a link to Dashboards, if its URL is given, and the command that finds the same. @throws UsageError when the event is not found, or is in another group */
export async function runLink(args: LinkArguments): Promise<number> {
  const { settings, searchEndpoint, login, around } = args;
  const indices = indexPatternTitle(settings);
  const event = around === undefined ? undefined : await findEvent(apiClient(searchEndpoint, login), indices, around);
  if (event && args.group !== undefined && args.group !== event.group) {
    const where = `The event of --around is in the log group ${quoted(event.group)}, not in that of --log-group, ${quoted(args.group)}`;
    throw new UsageError([`${where}. Leave out --log-group, or give the event's own.`]);
  }
  process.stdout.write(`${linkText(args, event)}\n`);
  return 0;
}

/** Returns what is printed. @param event whose neighbours are looked for; undefined: none */
export function linkText(args: LinkArguments, event?: FoundEvent): string {
  const { settings, searchEndpoint, dashboardsUrl, discover, login, group, level, text } = args;
  const target = dashboardsUrl && { dashboardsUrl, discover, patternId: indexPatternId(settings.name) };
  const named = event ? { group: event.group, stream: event.stream } : group !== undefined && { group };
  const filters = linkFilters({ ...named, ...(level !== undefined && { level }) });
  const search = { from: args.from ?? "now-15m", to: args.to ?? "now", filters, text };
  const neighbours = event && { id: event.id, time: event.time, filters, text };
  const bodies = neighbours ? neighbourBodiesOf(neighbours) : [searchBodyOf(search)];
  const command = curlCommand(searchEndpoint, indexPatternTitle(settings), bodies, login);
  const url = target && (neighbours ? surroundingUrl(target, neighbours) : discoverUrl(target, search));
  return [
    ...(url ? [["In Dashboards:", url]] : []),
    [url ? "The same by curl:" : "By curl (for a link to Dashboards, give --dashboards-url):", command],
  ]
    .map(([title, shown]) => `${title}\n  ${shown}`)
    .join("\n");
}
