import { STATUS_CODES } from "node:http";
import { oneLine } from "../../tools/text/one-line";
import { clip } from "../report/terminal";
import type { EndpointFailure } from "./connection-failure";
import type { EndpointResponse } from "./request";

const OLDEST_ELASTICSEARCH = 7;

/** So much is told of what a server says. */
const MAX_COLUMNS = 200;

/** What an engine says of itself at `GET /`, and when it refuses a request. */
interface EngineBody {
  readonly version?: { readonly number?: unknown; readonly distribution?: unknown };
  readonly error?: string | { readonly type?: unknown };
}

/** Whether an OpenSearch or Elasticsearch has answered, be it to refuse the request. */
export function isEngine({ headers, body }: EndpointResponse): boolean {
  if (headers["x-elastic-product"] === "Elasticsearch") return true;
  const { version, error } = parsed(body);
  if (typeof error === "string") return /^Incorrect HTTP method for uri|^no handler found for uri/.test(error);
  return typeof version?.number === "string" || typeof error?.type === "string";
}

/** Why the forwarder cannot deliver to what has answered so; undefined: it can, as far as this answer tells. */
export function answerFailure(answer: EndpointResponse): EndpointFailure | undefined {
  const { status, headers } = answer;
  if (headers["osd-name"] !== undefined || headers["kbn-name"] !== undefined) {
    return {
      reason: "this is OpenSearch Dashboards or Kibana, not the engine",
      advice: "Give the engine's own address (its port is 9200, unless it is set otherwise).",
    };
  }
  if (status === 401 || status === 403) {
    return {
      reason: `it wants credentials (${said(answer)})`,
      advice:
        "This run signs its requests with the emulated account's keys (AWS Signature Version 4), which nobody else knows, and cannot send a user and password, an API key or keys of yours. " +
        "Give an engine without access control, or an http://localhost address of a proxy that adds the credentials.",
    };
  }
  if (status === 407) {
    return { reason: `a proxy answers (${said(answer)})`, advice: "Give an address that is reached without a proxy." };
  }
  if (status >= 300 && status < 400) {
    return {
      reason: `it redirects to ${told(headers.location ?? "nowhere")} (${status}), which the forwarder does not follow`,
      advice: "Give the engine's own address, without a path.",
    };
  }
  if (/HTTP request (was sent )?to (an )?HTTPS/i.test(answer.body)) {
    return { reason: "TLS is spoken there, not plain HTTP", advice: "Give it with https://." };
  }
  if (status >= 500 || status === 429) {
    const who = isEngine(answer) ? "the engine" : "a proxy before the engine, or the server itself,";
    return {
      reason: `${who} is not able to answer now (${said(answer)})`,
      advice: "Wait until GET / answers 200 there, and start again.",
    };
  }
  if (!isEngine(answer)) {
    return {
      reason: `no search engine answers there (${said(answer)})`,
      advice: "Give the address of an OpenSearch or Elasticsearch (its port is 9200, unless it is set otherwise).",
    };
  }
  return tooOld(parsed(answer.body));
}

function tooOld({ version = {} }: EngineBody): EndpointFailure | undefined {
  const { number, distribution } = version;
  if (typeof number !== "string" || distribution === "opensearch") return undefined;
  if (Number.parseInt(number, 10) >= OLDEST_ELASTICSEARCH) return undefined;
  return {
    reason: `Elasticsearch ${told(number)} is too old`,
    advice: `Give an OpenSearch, or an Elasticsearch of ${OLDEST_ELASTICSEARCH}.0 or newer.`,
  };
}

/** Status, its name, and what a person can read of the body. */
function said({ status, headers, body }: EndpointResponse): string {
  const page = headers["content-type"]?.includes("html");
  const title = /<title>([^<]*)</i.exec(body)?.[1];
  const text = page ? `a web page${title ? `: ${title}` : ""}` : body;
  return [`${status} ${STATUS_CODES[status] ?? ""}`.trim(), told(text)].filter(Boolean).join(", ");
}

/** The beginning of what a server says, harmless to a terminal. */
function told(text: string): string {
  return clip(oneLine(text), MAX_COLUMNS);
}

function parsed(body: string): EngineBody {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}
