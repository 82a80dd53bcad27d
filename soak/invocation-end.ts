import type { InvocationResult } from "../local/lambda/function";

/** The result of an invocation that did not finish its batch. */
export const PARTIAL_BATCH = "partial batch response";

/** How an invocation ended: the type of its error, or whether it has finished its batch. */
export function endOf({ functionError, payload }: InvocationResult): string {
  if (functionError) return (payload as { errorType: string }).errorType;
  const { batchItemFailures } = payload as { batchItemFailures: unknown[] };
  return batchItemFailures.length > 0 ? PARTIAL_BATCH : "success";
}
