export const NO_ANSWER = "The pipeline does not answer: it has ended, or this machine does not reach it.";

/** Of a port, on which the pipeline of another link may listen by now. */
export const ANOTHER = "Something else answers at this link’s address: the pipeline of this link has ended.";

/** Why a server does not send events: an `EventSource` does not tell. */
export async function lostReason(path: string): Promise<string> {
  const asking = new AbortController();
  try {
    const response = await fetch(path, { signal: asking.signal });
    // It would never end.
    if (response.headers.get("content-type") === "text/event-stream") return NO_ANSWER;
    if (response.status !== 503) return ANOTHER;
    return ((await response.json()) as { error?: string }).error ?? ANOTHER;
  } catch {
    return NO_ANSWER;
  } finally {
    asking.abort();
  }
}
