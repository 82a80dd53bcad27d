import { OptionsError } from "../options";
import { answerFailure, isEngine } from "./answer-failure";
import { connectionFailure, type EndpointFailure } from "./connection-failure";
import { type EndpointResponse, requestOnce } from "./request";

export interface ProbeSearchEndpointOptions {
  /** For each of its requests, of which there are up to three. @default 5 */
  readonly timeoutSeconds?: number;
}

/**
 * Looks whether an OpenSearch or Elasticsearch that the forwarder can deliver to answers at `origin`. Nothing is
 * written: it asks for `/`, and where that is not answered by an engine, as behind a proxy that lets only some paths
 * through, for what the engine says to a `_bulk` request without a body.
 *
 * @throws OptionsError saying what was given, what went wrong, and what to do
 */
export async function probeSearchEndpoint(
  origin: string,
  { timeoutSeconds = 5 }: ProbeSearchEndpointOptions = {},
): Promise<void> {
  const failure = await failureAt(origin, timeoutSeconds);
  if (failure) {
    throw new OptionsError(`--search-endpoint ${origin} cannot be used: ${failure.reason}. ${failure.advice}`);
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
