/** Thrown for an answer that is not what was asked for; the message is for the person. */
export class PageAnswerError extends Error {
  override readonly name = "PageAnswerError";
}

/** Asks the page's server. @param path such as `api/search` @throws PageAnswerError */
export async function getJson<T>(path: string, query: URLSearchParams, signal?: AbortSignal): Promise<T> {
  return answer<T>(`${path}?${query}`, { ...(signal && { signal }) });
}

/** Sends something to the page's server. @param body JSON, or a file's content as it is @throws PageAnswerError */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const isFile = body instanceof Blob;
  return answer<T>(path, {
    method: "POST",
    headers: { "Content-Type": isFile ? "application/octet-stream" : "application/json" },
    body: isFile ? body : JSON.stringify(body),
  });
}

async function answer<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new PageAnswerError("The pipeline does not answer. Has npm start ended?");
  }
  const json = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new PageAnswerError(json.error ?? `The answer has the status ${response.status}.`);
  return json;
}
