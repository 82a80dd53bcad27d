import { encode } from "rison-node";
import { type QueryFilter, queryFilter } from "../saved-objects/filter";
import { allFilters, type LinkFilter, type LinkQuery, NEIGHBOURS, type NeighboursQuery } from "./link-query";

/** `explorer`: OpenSearch Dashboards from 2.10 on. `classic`: before it, and Kibana. */
export const DISCOVERS = ["explorer", "classic"] as const;
export type Discover = (typeof DISCOVERS)[number];

export interface DiscoverTarget {
  /** Without a slash at its end. */
  dashboardsUrl: string;
  discover: Discover;
  /** The index pattern's id. */
  patternId: string;
}

const COLUMNS = ["aws.cloudwatch.log_group", "level", "message"];

/** The security plugin otherwise opens the tenant that the reader was in last; others ignore it. */
const TENANT = "?security_tenant=global";

/** Returns the address of a search in Discover. */
export function discoverUrl(target: DiscoverTarget, { from, to, filters, text }: LinkQuery): string {
  const { discover, patternId } = target;
  const global = { filters: [], refreshInterval: { pause: true, value: 0 }, time: { from, to } };
  const searched = { filters: filtersIn(target, filters), query: { language: "lucene", query: text } };
  const shown = { columns: COLUMNS, interval: "auto", sort: [["@timestamp", "desc"]] };
  if (discover === "classic")
    return urlOf(target, "discover", "/", { _g: global, _a: { ...shown, ...searched, index: patternId } });
  const view = { discover: shown, metadata: { indexPattern: patternId, view: "discover" } };
  return urlOf(target, "data-explorer/discover", "", { _g: global, _q: searched, _a: view });
}

/**
 * Returns the address of the documents around one, of those that meet the conditions.
 *
 * Both Discovers have it at the classic one's address; `data-explorer` shows a search instead. Its state has no query: the text is
 * a filter. Source: OpenSearch Dashboards, src/plugins/discover/public/plugin.ts and
 * application/components/doc_views/context/utils/context_state.ts.
 */
export function surroundingUrl(target: DiscoverTarget, query: NeighboursQuery): string {
  const route = `/context/${encodeURIComponent(target.patternId)}/${uriEncoded(query.id)}`;
  const counts = { predecessorCount: NEIGHBOURS, successorCount: NEIGHBOURS };
  const state = { columns: COLUMNS, filters: filtersIn(target, allFilters(query)), ...counts };
  return urlOf(target, "discover", route, { _g: { filters: [] }, _a: state });
}

const filtersIn = ({ patternId }: DiscoverTarget, filters: readonly LinkFilter[]): QueryFilter[] =>
  filters.map(({ alias, query }) => queryFilter(alias, query, { index: patternId }));

/** Source: OpenSearch Dashboards, src/plugins/discover/public/{migrate_state,url_generator}.ts: both forms of Discover's state. */
function urlOf({ dashboardsUrl }: DiscoverTarget, app: string, route: string, states: Record<string, object>): string {
  const parameters = Object.entries(states).map(([name, state]) => `${name}=${uriEncoded(encode(state))}`);
  return `${dashboardsUrl}/app/${app}${TENANT}#${route}?${parameters.join("&")}`;
}

/** Chats and mails take an apostrophe, and an exclamation mark at its end, for no part of a link. */
const uriEncoded = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll("'", "%27")
    .replaceAll("!", "%21")
    .replace(/%(2C|3A|40|24|2F)/g, decodeURIComponent);
