import { harmless, quoted } from "../../tools/text/one-line";
import type { Login } from "../../tools/usage/login";
import { UsageError } from "../../tools/usage/usage-error";
import { ApiError } from "../api-error";
import type { LinkArguments } from "../arguments/link-arguments";
import { type ApiClient, apiClient } from "../client";
import { indexPatternId, indexPatternTitle } from "../saved-objects/index-pattern";
import { curlCommand } from "./curl-command";
import { discoverUrl, surroundingUrl } from "./discover-url";
import { findsAny } from "./finds-any";
import { type FoundEvent, findEvent } from "./found-event";
import { type LinkQuery, linkFilters, neighbourBodiesOf, searchBodyOf } from "./link-query";

/** The link is printed already. */
const ASK_TIMEOUT_MS = 10_000;

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
  if (around === undefined) {
    const note = await emptyNote(args, (by) => apiClient(searchEndpoint, by, "es", ASK_TIMEOUT_MS));
    if (note !== "") process.stderr.write(`${harmless(note)}\n`);
  }
  return 0;
}

/** Returns what is printed. @param event whose neighbours are looked for; undefined: none */
export function linkText(args: LinkArguments, event?: FoundEvent): string {
  const { settings, searchEndpoint, dashboardsUrl, discover, login, group, level, text } = args;
  const target = dashboardsUrl && { dashboardsUrl, discover, patternId: indexPatternId(settings.name) };
  const named = event ? { group: event.group, stream: event.stream } : group !== undefined && { group };
  const filters = linkFilters({ ...named, ...(level !== undefined && { level }) });
  const search = searchOf(args, filters);
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

const searchOf = ({ from, to, text }: LinkArguments, filters: LinkQuery["filters"]): LinkQuery => ({
  ...{ from: from ?? "now-15m", to: to ?? "now", filters, text },
});

/** Says that the search finds nothing now, or why that is not known; "" if it finds something. */
async function emptyNote(args: LinkArguments, clientBy: (login: Login) => ApiClient): Promise<string> {
  const { settings, asksBy, group, level } = args;
  if (asksBy === undefined)
    return "Whether it finds anything is not known: the secret of --login is not in the environment.";
  const indices = indexPatternTitle(settings);
  const search = searchOf(
    args,
    linkFilters({ ...(group !== undefined && { group }), ...(level !== undefined && { level }) }),
  );
  try {
    if (await findsAny(clientBy(asksBy), indices, search)) return "";
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `Whether it finds anything is not known: ${error.message}`;
  }
  const given = [
    ...(group === undefined ? [] : ["--log-group"]),
    ...(level === undefined ? [] : ["--level"]),
    ...(args.text === "" ? [] : ["--query"]),
  ];
  return `It finds nothing now: no event in ${indices} from ${search.from} to ${search.to}. Check ${[...given, "--from", "--to"].join(", ")}.`;
}
