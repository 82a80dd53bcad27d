import { UsageError } from "../../tools/usage/usage-error";
import { answerFailure, isEngine } from "./answer-failure";
import { connectionFailure, type EndpointFailure } from "./connection-failure";
import { type EndpointResponse, requestOnce } from "./request";

export interface ProbeSearchEndpointOptions {
  /** Timeout of each of its up to three requests. @default 5 */
  readonly timeoutSeconds?: number;
}

/**
 * Probes whether the forwarder can deliver to an OpenSearch or Elasticsearch at `origin`. Nothing is written: it requests `/`,
 * and if no engine answers, as behind a proxy that passes only some paths, `_bulk` without a body.
 *
 * @throws UsageError with the endpoint, the reason, and advice
 */
export async function probeSearchEndpoint(
  origin: string,
  { timeoutSeconds = 5 }: ProbeSearchEndpointOptions = {},
): Promise<void> {
  const failure = await failureAt(origin, timeoutSeconds);
  if (failure) {
    throw new UsageError([`--search-endpoint ${origin} cannot be used: ${failure.reason}. ${failure.advice}`]);
  }
}

async function failureAt(origin: string, timeoutSeconds: number): Promise<EndpointFailure | undefined> {
  let root: EndpointResponse;
  try {
    root = await requestOnce(origin, "GET", "/", timeoutSeconds);
  } catch (error) {
    return connectionFailure(origin, error, timeoutSeconds);
  }
  const failure = answerFailure(root);
  if (!failure || root.status < 400 || root.status >= 500 || isEngine(root)) return failure;
  const bulk = await requestOnce(origin, "POST", "/_bulk", timeoutSeconds).catch(() => undefined);
  return bulk && isEngine(bulk) ? answerFailure(bulk) : failure;
}
