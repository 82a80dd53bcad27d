import type { HttpRequest, HttpResponse } from "../../core/http/send";
import { MAPPING_CONFLICT, type SearchEngine } from "../support/search-engine";
import { engineError } from "./faults";
import { TOXIC_ENDS, TRANSIENT_ERRORS } from "./history";
import type { Invocation } from "./invocation";
import { eventIn, type Put, type PutEvent } from "./records";

/** What an invocation meets that sends a toxic event, unless that opens a circuit breaker, for which it has to wait. */
export const TOXIC = "toxic event";

/** Sends requests to a search engine that rejects each event as the history says. */
export function troubledEngine(engine: SearchEngine, puts: Put[]) {
  const events = new Map<number, PutEvent>();
  for (const put of puts) for (const event of put.events) events.set(event.n, event);
  const unreadable = [...events.values()].filter(({ trouble }) => trouble.kind === "unreadable");
  const sent = new Map<number, number>();
  const toxicEnd = (document: Record<string, unknown>) => {
    const trouble = events.get(eventIn(JSON.stringify(document)))?.trouble;
    const isToxic = trouble?.kind === "toxic" && (trouble.asTextToo || !isTextForm(document));
    return isToxic ? trouble.end : undefined;
  };

  return async (request: HttpRequest, invocation: Invocation): Promise<HttpResponse> => {
    const body = request.body.toString();
    if (invocation.isRefused) {
      invocation.meets("refused");
      return refusals(body);
    }
    if (unreadable.some(({ n }) => body.includes(`event-${n}.`))) return engineError(400, "illegal_argument_exception");
    const [end] = documentsIn(body).flatMap((document) => toxicEnd(document) ?? []);
    if (end) {
      invocation.meets(end === "circuit breaks" ? end : TOXIC);
      return TOXIC_ENDS[end];
    }
    engine.reject = ({ document }) => {
      const { n, trouble } = events.get(eventIn(JSON.stringify(document)))!;
      const times = sent.get(n) ?? 0;
      sent.set(n, times + 1);
      const isText = isTextForm(document);
      const reason = `failed to parse. Preview of field's value: '${JSON.stringify(document)}'`;
      if (trouble.kind === "rejected") return { status: 400, error: { type: "illegal_argument_exception", reason } };
      if (trouble.kind === "conflict" && times >= trouble.from && !isText) {
        return { ...MAPPING_CONFLICT, error: { ...MAPPING_CONFLICT.error, reason } };
      }
      if (trouble.kind === "race" && times === trouble.at && !isText) {
        const merge = `mapper [${JSON.stringify(document)}] cannot be changed from type [long] to [float]`;
        return { status: 400, error: { type: "illegal_argument_exception", reason: merge } };
      }
      if (trouble.kind !== "transient" || times >= trouble.times) return undefined;
      invocation.meets(trouble.error);
      const { status, error } = TRANSIENT_ERRORS[trouble.error];
      return { status, error: { reason, ...error } };
    };
    return engine.send(request);
  };
}

function documentsIn(body: string): Record<string, unknown>[] {
  return body
    .split("\n")
    .filter((line, i) => i % 2 === 1 && line !== "")
    .map((line) => JSON.parse(line));
}

/** What an endpoint answers that takes no documents of this kind at all: OpenSearch Serverless takes none with an id. */
function refusals(body: string): HttpResponse {
  const reason = "Document ID is not supported in create/index operation request";
  const result = { status: 400, error: { type: "illegal_argument_exception", reason } };
  const actions = body.split("\n").filter((line, i) => i % 2 === 0 && line !== "");
  const items = actions.map((action) => ({ [Object.keys(JSON.parse(action))[0]!]: result }));
  return { status: 200, body: JSON.stringify({ items }) };
}

/** Whether a document holds its event as plain text, because the index had rejected it. */
export function isTextForm(document: Record<string, unknown>): boolean {
  return Boolean((document.aws as { cloudwatch: { rejection?: string } }).cloudwatch.rejection);
}
