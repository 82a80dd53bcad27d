import { timeoutError } from "../../core/http/limits";
import type { HttpRequest } from "../../core/http/send";
import { bulkItem, prepareDelivery } from "./delivery";
import type { Answer } from "./fake-server";

/** How a request ends; `late`: after its time limit. */
export type RequestEnd = Answer | "late";

export const RESET = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

export const engineFailure = (status: number, type: string): Answer => ({
  status,
  body: JSON.stringify({ error: { type, reason: "no" }, status }),
});

/** Ends of requests that the content of an event may be the reason for. */
export const ENDINGS: Readonly<Record<string, RequestEnd>> = {
  reset: RESET,
  "500": { status: 500, body: "" },
  "500 null_pointer_exception": engineFailure(500, "null_pointer_exception"),
  "502 of a proxy": { status: 502, body: "<html>" },
  "429 circuit_breaking_exception": engineFailure(429, "circuit_breaking_exception"),
  "a response that is too long": Object.assign(new Error("too long"), { code: "RESPONSE_TOO_LONG" }),
  "half a response": { status: 200, body: '{"items":[{"create":' },
  "no response in time": "late",
};

/** Events of which those in `poisoned` are recognized by `isPoison`. */
export const events = (count: number, poisoned: readonly number[]) =>
  Array.from({ length: count }, (_, n) => bulkItem(n, poisoned.includes(n) ? { n, poison: true } : { n }));

export const isPoison = ({ body }: HttpRequest): boolean => body.includes('"poison":true');

export const isProbe = ({ body }: HttpRequest): boolean => body.includes("if_seq_no");

export const isEventAsText = ({ body }: HttpRequest): boolean => body.includes('"text":true');

/**
 * Everything `deliver` needs, in memory; each request takes 10 ms, and ends as `ending` says.
 *
 * @param ending undefined: the engine answers
 * @param deadlineMs @default that of a function of 120 s
 */
export function prepareEndings(ending: (request: HttpRequest) => RequestEnd | undefined, deadlineMs = 90_000) {
  const prepared = prepareDelivery(deadlineMs);
  const { clock, engine, io } = prepared;
  const requests: HttpRequest[] = [];
  io.send = async (request) => {
    requests.push(request);
    const end = ending(request);
    clock.nowMs += end === "late" ? request.timeoutMs : 10;
    if (end === "late") throw timeoutError();
    if (end instanceof Error) throw end;
    return end ?? engine.send(request);
  };
  return { ...prepared, requests };
}
