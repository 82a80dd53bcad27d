import { TLS_FAILURE } from "../connection-rules";
import { timeoutError } from "../limits";
import type { HttpRequest, HttpResponse, Send } from "../send";
import { readSecret, type SecretIo } from "./read-secret";
import { CREDENTIALS_ALLOWED, parseSearchCredentials, type SearchCredentials } from "./search-credentials";

/** The shortest time between two readings of credentials that the engine rejects, in milliseconds: they may stay wrong for days. */
export const REREAD_MS = 60_000;

export interface AuthorizedIo extends SecretIo {
  /** Returns what sends to the engine. @param ca authorities to trust in place of the public ones */
  transport(ca: string | undefined): Send;
  /** Milliseconds of a monotonic clock. */
  monotonicMs(): number;
}

interface Opened extends SearchCredentials {
  send: Send;
}

/**
 * Returns a `Send` whose requests carry the credentials in a secret. It reads the secret at its first request, and again when the
 * engine answers 401 or its certificate is not trusted: then it sends the request once more if the secret has changed.
 *
 * What it returns throws SecretError, too, when the secret is unusable until somebody acts.
 */
export function authorized(io: AuthorizedIo): Send {
  let opened: Opened | undefined;
  let opening: Promise<Opened> | undefined;
  let rereadMs = Number.NEGATIVE_INFINITY;

  async function open(timeoutMs: number): Promise<Opened> {
    const parsed = parseSearchCredentials(await readSecret(io, timeoutMs));
    if (!("mistakes" in parsed)) return { ...parsed, send: io.transport(parsed.ca) };
    const found = parsed.mistakes.join("; ");
    throw new io.SecretError(
      "SECRET_UNUSABLE",
      `The secret ${io.arn} holds no credentials for search: ${found}. Allowed: ${CREDENTIALS_ALLOWED}.`,
    );
  }

  /** Requests at the same time share one reading. */
  async function current(timeoutMs: number): Promise<Opened> {
    if (opened) return opened;
    opening ??= open(timeoutMs).finally(() => {
      opening = undefined;
    });
    opened = await opening;
    return opened;
  }

  /** Returns other credentials than those that were rejected; undefined: there are none, or it is not the time to look. */
  async function renewed(rejected: Opened, timeoutMs: number): Promise<Opened | undefined> {
    if (opened === rejected) {
      if (io.monotonicMs() < rereadMs + REREAD_MS) return undefined;
      rereadMs = io.monotonicMs();
      opened = undefined;
    }
    const next = await current(timeoutMs);
    return next.authorization === rejected.authorization && next.ca === rejected.ca ? undefined : next;
  }

  return async (request) => {
    const endMs = io.monotonicMs() + request.timeoutMs;
    const remainingMs = () => {
      const left = endMs - io.monotonicMs();
      if (left <= 0) throw timeoutError();
      return left;
    };
    const first = await current(remainingMs());
    const answer = await sent(request, first, remainingMs());
    if (!isRejected(answer)) return settled(answer);
    const second = await renewed(first, remainingMs());
    return settled(second ? await sent(request, second, remainingMs()) : answer);
  };
}

type Answer = { response: HttpResponse } | { error: unknown };

async function sent(request: HttpRequest, { authorization, send }: Opened, timeoutMs: number): Promise<Answer> {
  const headers = { ...request.headers, Authorization: authorization };
  try {
    return { response: await send({ ...request, headers, timeoutMs }) };
  } catch (error) {
    return { error };
  }
}

const isRejected = (answer: Answer): boolean =>
  "response" in answer
    ? answer.response.status === 401
    : TLS_FAILURE.test(String((answer.error as NodeJS.ErrnoException).code));

function settled(answer: Answer): HttpResponse {
  if ("error" in answer) throw answer.error;
  return answer.response;
}
