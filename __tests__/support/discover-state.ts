import { decode } from "rison-node";
import type { QueryFilter } from "../../search/saved-objects/filter";

interface TypedQuery {
  language: string;
  query: string;
}

/** What Discover reads from an address. */
export interface DiscoverState {
  /** What is before the query of the fragment, such as `/context/…`. */
  route: string;
  time: { from: string; to: string } | undefined;
  index: string;
  filters: QueryFilter[];
  query: TypedQuery;
}

/**
 * Reads an address as OpenSearch Dashboards does: src/plugins/opensearch_dashboards_utils/public/state_management/url/osd_url_storage.ts
 * decodes the parameters of the fragment by rison-node 1.0.2.
 */
export function discoverStateOf(url: string): DiscoverState {
  const [route, parameters] = new URL(url).hash.slice(1).split("?") as [string, string];
  const values = new URLSearchParams(parameters);
  const state = <T>(name: string) => decode(values.get(name) ?? "()") as T;
  const { time } = state<Pick<DiscoverState, "time">>("_g");
  const app = state<Searched & { index?: string; metadata?: { indexPattern: string } }>("_a");
  const { filters, query } = values.has("_q") ? state<Searched>("_q") : app;
  return { route, time, index: app.metadata?.indexPattern ?? app.index!, filters, query };
}

type Searched = Pick<DiscoverState, "filters" | "query">;
