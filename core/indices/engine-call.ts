import { PipelineError } from "../errors";
import { denialIn, type EngineError, failureKind, parseEngineError } from "../http/engine-error";
import { failureReason } from "../http/failure-reason";
import type { HttpRequest, Send } from "../http/send";
import { parsedArray, parsedObject } from "../json/object";

export interface EngineIo {
  send: Send;
  /** Milliseconds that are left for all calls together. */
  remainingMs(): number;
  /** Limit of a response, in bytes. @default 256 KiB: a template takes some 10 KiB, a policy less */
  maxResponseBytes?: number;
}

const MAX_RESPONSE_BYTES = 256 * 1024;

/** What an engine answered; no text of it but AWS's own. */
export interface EngineAnswer {
  /** 0: there is no complete answer. */
  status: number;
  /** Of a response that is a JSON object. */
  json?: Record<string, unknown> | undefined;
  /** Of a response that is a JSON array. */
  list?: readonly unknown[] | undefined;
  /** The engine's own error. */
  error?: EngineError | undefined;
  /** Status and type of the error, or why there is no answer: may be logged. */
  kind: string;
  /** AWS's own words, or "". */
  denial: string;
  /** The sender cannot send until somebody acts: it has no credentials. */
  cause?: PipelineError;
}

/** Sends one request, once, within the time that is left. */
export async function askEngine(
  method: HttpRequest["method"],
  path: string,
  body: object | undefined,
  io: EngineIo,
): Promise<EngineAnswer> {
  const timeoutMs = io.remainingMs();
  if (timeoutMs <= 0) return { status: 0, kind: "no time was left", denial: "" };
  const headers: Record<string, string> = body ? { "Content-Type": "application/json" } : {};
  const bytes = Buffer.from(body ? JSON.stringify(body) : "");
  try {
    const response = await io.send({
      method,
      path,
      headers,
      body: bytes,
      timeoutMs,
      maxResponseBytes: io.maxResponseBytes ?? MAX_RESPONSE_BYTES,
    });
    const error = parseEngineError(response.body);
    const kind = failureKind({ status: response.status, error });
    const { status, body: text } = response;
    return { status, json: parsedObject(text), list: parsedArray(text), error, kind, denial: denialIn(text) };
  } catch (error) {
    return {
      status: 0,
      kind: failureReason(error),
      denial: "",
      ...(error instanceof PipelineError && { cause: error }),
    };
  }
}

export const isDenied = ({ status }: Pick<EngineAnswer, "status">): boolean => status === 401 || status === 403;

/** A 404 of the engine: what is asked for does not exist. A proxy's 404 has no type. */
export const isMissing = ({ status, error }: EngineAnswer): boolean => status === 404 && error?.type !== undefined;

/** Whether the engine did not say anything about the request: it is down, overloaded or too slow. */
export const isSilent = ({ status, cause }: EngineAnswer): boolean =>
  cause === undefined && (status === 0 || status === 429 || status >= 500);
