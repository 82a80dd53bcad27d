import { memberOf } from "../../core/json/object";
import type { ApiClient } from "../client";
import { type LinkQuery, searchBodyOf } from "./link-query";

/**
 * Whether any document meets what a link looks for.
 *
 * @param indices names or patterns of indices, separated by commas
 * @throws ApiError
 */
export async function findsAny(client: ApiClient, indices: string, search: LinkQuery): Promise<boolean> {
  const { query } = searchBodyOf(search) as { query: object };
  const path = `/${encodeURIComponent(indices)}/_search?ignore_unavailable=true&allow_no_indices=true`;
  const { body } = await client.call({ method: "POST", path, body: { size: 1, _source: false, query } });
  const hits = memberOf(body, "hits.hits");
  return Array.isArray(hits) && hits.length > 0;
}
