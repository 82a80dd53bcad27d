import { StoppedError } from "../../archive/outcome-errors";
import { failureReason } from "../../core/http/failure-reason";
import { tooLongError } from "../../core/http/limits";
import type { HttpRequest, Send } from "../../core/http/send";
import { askEngine, type EngineAnswer, isDenied, isSilent } from "../../core/indices/engine-call";
import { backoffMs } from "../../core/retry/backoff";
import { EngineMemoryError, PageTooLargeError, UnseenError } from "./unseen-error";

/** Limit of one request, in milliseconds: a search through an hour of a large index. */
const TIMEOUT_MS = 60_000;

/** Limit of a response, in bytes. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/** With the backoff of all requests some 20 seconds in all. */
const TRIES = 8;

export interface EngineClientOptions {
  send: Send;
  /** In milliseconds. */
  sleep(ms: number): Promise<void>;
  /** A number in [0, 1). */
  random(): number;
  /** Whether the run was interrupted: nothing is tried again. */
  isInterrupted(): boolean;
}

/** Asks an engine, and takes nothing for an answer that is none. */
export class EngineClient {
  constructor(private readonly options: EngineClientOptions) {}

  /**
   * Sends a request, again if the engine is too busy or cannot be reached.
   *
   * @param tries 1 for a request that must not be repeated
   * @returns what the engine answered, also an error of its own
   * @throws UnseenError when it does not answer, EngineMemoryError, PageTooLargeError, StoppedError when it denies access
   */
  async ask(method: HttpRequest["method"], path: string, body?: object, tries = TRIES): Promise<EngineAnswer> {
    const io = { send: this.options.send, remainingMs: () => TIMEOUT_MS, maxResponseBytes: MAX_RESPONSE_BYTES };
    for (let attempt = 0; ; attempt++) {
      const answer = await askEngine(method, path, body, io);
      if (answer.cause) throw new StoppedError(answer.cause.message);
      if (isDenied(answer)) throw new StoppedError(denialText(answer));
      if (answer.status === 0 && answer.kind === TOO_LONG) {
        throw new PageTooLargeError(`a page of documents is larger than ${MAX_RESPONSE_BYTES / 1024 / 1024} MiB`);
      }
      if (!isSilent(answer)) return answer;
      if (attempt + 1 >= tries || this.options.isInterrupted()) {
        const message = `the search endpoint does not answer: ${answer.kind}`;
        throw BREAKER.test(answer.kind) ? new EngineMemoryError(message) : new UnseenError(message);
      }
      await this.options.sleep(backoffMs(attempt, this.options.random()));
    }
  }

  /** The same for a request that has to succeed. @throws as `ask`, and UnseenError for an error */
  async get(
    method: HttpRequest["method"],
    path: string,
    body?: object,
    tries = TRIES,
  ): Promise<{ json?: Record<string, unknown> | undefined; list?: readonly unknown[] | undefined }> {
    const answer = await this.ask(method, path, body, tries);
    if (answer.status !== 200 && answer.status !== 201) {
      throw new UnseenError(`the search endpoint answers ${answer.kind}`);
    }
    // Too many values for a text of a few MiB, or a proxy's page.
    if (!answer.json && !answer.list) throw new PageTooLargeError("a page of documents cannot be read as JSON");
    return answer;
  }
}

const BREAKER = /circuit_breaking_exception/;

const TOO_LONG = failureReason(tooLongError());

const denialText = ({ kind, denial }: EngineAnswer): string =>
  `The search endpoint answers ${denial || kind}. docs/audit.md lists the permissions; --login chooses how requests are authenticated.`;
