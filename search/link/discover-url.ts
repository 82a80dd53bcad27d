import { encode } from "rison-node";
import { queryFilter } from "../saved-objects/filter";
import type { LinkQuery } from "./link-query";

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
export function discoverUrl(target: DiscoverTarget, query: LinkQuery): string {
  const { from, to } = query;
  const global = { filters: [], refreshInterval: { pause: true, value: 0 }, time: { from, to } };
  return target.discover === "classic" ? urlOf(target, "/", global, query) : urlOf(target, "", global, query);
}

/** Returns the address of the documents around one, of those that meet the filters. @param id the document's `_id` */
export function surroundingUrl(target: DiscoverTarget, query: LinkQuery, id: string): string {
  const route = `/context/${encodeURIComponent(target.patternId)}/${uriEncoded(id)}`;
  return urlOf(target, route, { filters: [] }, query);
}

/** Source: OpenSearch Dashboards, src/plugins/discover/public/{migrate_state,url_generator}.ts: both forms of Discover's state. */
function urlOf(
  { dashboardsUrl, discover, patternId }: DiscoverTarget,
  route: string,
  global: object,
  query: LinkQuery,
): string {
  const { text, order } = query;
  const typed = { language: "lucene", query: text };
  const filters = query.filters.map((filter) => queryFilter(filter.alias, filter.query, { index: patternId }));
  const shown = { columns: COLUMNS, interval: "auto", sort: [["@timestamp", order]] };
  const states =
    discover === "classic"
      ? { _g: global, _a: { ...shown, filters, index: patternId, query: typed } }
      : {
          _g: global,
          _q: { filters, query: typed },
          _a: { discover: shown, metadata: { indexPattern: patternId, view: "discover" } },
        };
  const parameters = Object.entries(states).map(([name, state]) => `${name}=${uriEncoded(encode(state))}`);
  const app = discover === "classic" ? "discover" : "data-explorer/discover";
  return `${dashboardsUrl}/app/${app}${TENANT}#${route}?${parameters.join("&")}`;
}

/** Chats and mails take an apostrophe, and an exclamation mark at its end, for no part of a link. */
const uriEncoded = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll("'", "%27")
    .replaceAll("!", "%21")
    .replace(/%(2C|3A|40|24|2F)/g, decodeURIComponent);
