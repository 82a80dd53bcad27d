import { STATUS_CODES } from "node:http";
import { oneLine } from "../../tools/text/one-line";
import { clip } from "../report/terminal";
import type { EndpointFailure } from "./connection-failure";
import type { EndpointResponse } from "./request";

/** Older releases: docs/decisions/0028-engine-versions.md. */
const OLDEST_ELASTICSEARCH = "7.9";

/** Maximum length of a quoted response, in columns. */
const MAX_COLUMNS = 200;

/** An engine's response to `GET /`, or its error. */
interface EngineBody {
  readonly version?: { readonly number?: unknown; readonly distribution?: unknown };
  readonly error?: string | { readonly type?: unknown };
}

/** Whether the response is from OpenSearch or Elasticsearch, even if it is an error. */
export function isEngine({ headers, body }: EndpointResponse): boolean {
  if (headers["x-elastic-product"] === "Elasticsearch") return true;
  const { version, error } = parsed(body);
  if (typeof error === "string") return /^Incorrect HTTP method for uri|^no handler found for uri/.test(error);
  return typeof version?.number === "string" || typeof error?.type === "string";
}

/** Explains why the forwarder cannot deliver to the endpoint; undefined if the response shows no reason. */
export function answerFailure(answer: EndpointResponse): EndpointFailure | undefined {
  const { status, headers } = answer;
  if (headers["osd-name"] !== undefined || headers["kbn-name"] !== undefined) {
    return {
      reason: "this is OpenSearch Dashboards or Kibana, not the engine",
      advice: "Give the engine's own address (its default port is 9200).",
    };
  }
  if (status === 401 || status === 403) {
    return {
      reason: `it requires credentials (${described(answer)})`,
      advice:
        "The local pipeline signs its requests with the emulated account's keys (AWS Signature Version 4), which only the emulator accepts. It cannot send a user and password, an API key or your own keys. " +
        "Give an engine without access control, or an http://localhost address of a proxy that adds the credentials.",
    };
  }
  if (status === 407) {
    return { reason: `a proxy answers (${described(answer)})`, advice: "Give an address that needs no proxy." };
  }
  if (status >= 300 && status < 400) {
    return {
      reason: `it redirects to ${clipped(headers.location ?? "nowhere")} (${status}), which the forwarder does not follow`,
      advice: "Give the engine's own address, without a path.",
    };
  }
  if (/HTTP request (was sent )?to (an )?HTTPS/i.test(answer.body)) {
    return { reason: "it expects TLS, not plain HTTP", advice: "Use https:// instead." };
  }
  if (status >= 500 || status === 429) {
    const who = isEngine(answer) ? "the engine" : "the server, or a proxy in front of the engine,";
    return {
      reason: `${who} is not available (${described(answer)})`,
      advice: "Wait until GET / answers 200, and start again.",
    };
  }
  if (!isEngine(answer)) {
    return {
      reason: `it is not a search engine (${described(answer)})`,
      advice: "Give the address of an OpenSearch or Elasticsearch (its default port is 9200).",
    };
  }
  return tooOld(parsed(answer.body));
}

function tooOld({ version = {} }: EngineBody): EndpointFailure | undefined {
  const { number, distribution } = version;
  if (typeof number !== "string" || distribution === "opensearch") return undefined;
  if (number.localeCompare(OLDEST_ELASTICSEARCH, "en", { numeric: true }) >= 0) return undefined;
  return {
    reason: `Elasticsearch ${clipped(number)} is too old`,
    advice: `Use OpenSearch, or Elasticsearch ${OLDEST_ELASTICSEARCH} or newer.`,
  };
}

/** Status, its name, and the readable part of the body. */
function described({ status, headers, body }: EndpointResponse): string {
  const page = headers["content-type"]?.includes("html");
  const title = /<title>([^<]*)</i.exec(body)?.[1];
  const text = page ? `a web page${title ? `: ${title}` : ""}` : body;
  return [`${status} ${STATUS_CODES[status] ?? ""}`.trim(), clipped(text)].filter(Boolean).join(", ");
}

/** The beginning of a server's text, safe for a terminal. */
function clipped(text: string): string {
  return clip(oneLine(text), MAX_COLUMNS);
}

function parsed(body: string): EngineBody {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}
