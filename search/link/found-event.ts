import { documentId } from "../../core/events/document-id";
import { memberOf } from "../../core/json/object";
import { quoted } from "../../tools/text/one-line";
import { UsageError } from "../../tools/usage/usage-error";
import { ApiError } from "../api-error";
import type { ApiClient } from "../client";

/** The event that others are looked for around. */
export interface FoundEvent {
  /** Of its document. */
  id: string;
  /** In ISO 8601. */
  time: string;
  group: string;
  stream: string;
}

/** The id of CloudWatch Logs has digits alone; a document's ends in a hash. */
export const isEventOfCloudWatch = (id: string): boolean => /^\d+$/.test(id);

/** Returns a document's `_id`, where an event's id is given. @param scope of the event's log group */
export function documentIdFor(id: string, scope: { account: string; group: string } | undefined): string {
  return isEventOfCloudWatch(id) && scope ? documentId(id, { owner: scope.account, logGroup: scope.group }) : id;
}

/**
 * Finds a document by its `_id`.
 *
 * @param indices names or patterns of indices, separated by commas
 * @throws UsageError when there is none, and when the engine does not answer
 */
export async function findEvent(client: ApiClient, indices: string, id: string): Promise<FoundEvent> {
  const body = { size: 1, query: { ids: { values: [id] } }, _source: ["@timestamp", "aws.cloudwatch"] };
  const path = `/${encodeURIComponent(indices)}/_search`;
  const response = await client.call({ method: "POST", path, body }).catch((error) => {
    throw error instanceof ApiError ? new UsageError([error.message]) : error;
  });
  const [hit] = (response.body as { hits: { hits: { _source: unknown }[] } }).hits.hits;
  if (!hit) {
    const advice = "Check the id, its log group and account, and whether its index is still there.";
    throw new UsageError([`No document in ${indices} has the _id ${quoted(id)}. ${advice}`]);
  }
  const text = (field: string): string => String(memberOf(hit._source, field));
  return {
    id,
    time: text("@timestamp"),
    group: text("aws.cloudwatch.log_group"),
    stream: text("aws.cloudwatch.log_stream"),
  };
}
