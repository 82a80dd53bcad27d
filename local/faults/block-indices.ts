/** A block that keeps documents out of an index, by its setting below `index.blocks`. */
export type IndexBlock = "write" | "read_only_allow_delete";

/**
 * Blocks all open indices of a pattern, or allows them to be written to again.
 *
 * @throws Error with the engine's response
 */
export async function blockIndices(
  endpoint: string,
  pattern: string,
  block: IndexBlock,
  isBlocked: boolean,
): Promise<void> {
  const path = `/${encodeURIComponent(pattern)}/_settings?allow_no_indices=true&expand_wildcards=open`;
  const response = await fetch(endpoint + path, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ index: { blocks: { [block]: isBlocked ? true : null } } }),
  });
  if (!response.ok) throw new Error(`indices cannot be blocked: ${response.status} ${await response.text()}`);
}
