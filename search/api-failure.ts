import { CONNECTION_RULES } from "../core/http/connection-rules";
import { denialIn, failureKind, parseEngineError } from "../core/http/engine-error";
import { failureReason } from "../core/http/failure-reason";
import type { HttpRequest, HttpResponse } from "../core/http/send";
import { classify } from "../core/retry/rule";
import type { Login } from "../tools/usage/login";
import { ApiError } from "./api-error";

const LOGIN_ADVICE: Record<Login["by"], string> = {
  aws:
    "Check AWS_PROFILE and AWS_REGION, that the domain's access policy allows it, and with fine-grained access control that " +
    "your role is mapped to a role of the domain. For an internal user: --login basic.",
  basic: "Check SEARCH_USER and SEARCH_PASSWORD, and that the domain's access policy lets unsigned requests in.",
  "api-key": "Check SEARCH_API_KEY.",
  none: "Choose a login: --login aws, basic or api-key.",
};

const NO_CREDENTIALS_ADVICE =
  "Check AWS_PROFILE and AWS_REGION: --login aws, the default, signs requests with the credentials of the AWS CLI. " +
  "For an engine that does not want that: --login none, basic or api-key.";

const PERMISSION_ADVICE =
  "Log in as somebody who may do so, such as the master user or a user with the role all_access.";

const TOO_SLOW =
  "Check the address, security groups and VPN, and whether the cluster is overloaded (GET /_cluster/health).";

/** What was asked for. */
export interface Called {
  origin: string;
  method: HttpRequest["method"];
  /** With the query. */
  path: string;
}

/** Explains why a call has no response. */
export function requestFailure(origin: string, error: unknown, timeoutMs: number): ApiError {
  const { name, message } = error as Error;
  if (name === "CredentialsProviderError" || /Region is missing/.test(message)) {
    return new ApiError(`${failureReason(error)}. ${NO_CREDENTIALS_ADVICE}`, undefined);
  }
  const rule = classify(CONNECTION_RULES, error);
  const advice = "advice" in rule ? rule.advice : TOO_SLOW;
  const trust =
    "code" in rule && rule.code === "TLS_FAILED" ? " For an authority of your own: NODE_EXTRA_CA_CERTS=ca.pem." : "";
  const limit = name === "TimeoutError" ? `, which is ${timeoutMs / 1000} seconds` : "";
  return new ApiError(`${origin} does not answer: ${failureReason(error)}${limit}. ${advice}${trust}`, undefined);
}

/** Explains a response that refuses a call. */
export function responseFailure(
  { origin, method, path, login }: Called & { login: Login },
  response: HttpResponse,
): ApiError {
  const { status, body } = response;
  const error = parseEngineError(body);
  const said = denialIn(body) || error?.reason || messageIn(body);
  const kind = failureKind({ status, error });
  return new ApiError(
    `${method} ${origin}${path}: ${kind}${said && `: ${said.replace(/\.$/, "")}`}. ${adviceFor(response, login)}`.trim(),
    status,
  );
}

/** Explains a response that no engine gives, and neither Dashboards nor AWS. */
export function foreignResponse({ origin, method, path }: Called, { status, body }: HttpResponse): ApiError {
  const what = /^\s*<(!doctype|html)/i.test(body) ? "an HTML page" : "something that is no JSON";
  return new ApiError(
    `${method} ${origin}${path}: ${status}, and ${what}. This is no OpenSearch or Elasticsearch, and no API of Dashboards: maybe a ` +
      "proxy's page, or its login. Check the URL, and that it is reached without a browser's login.",
    status,
  );
}

/** The message of the security plugin, of Dashboards or of AWS. */
function messageIn(body: string): string {
  try {
    const { message, Message } = JSON.parse(body);
    return [message, Message].find((text) => typeof text === "string") ?? "";
  } catch {
    return "";
  }
}

function adviceFor({ status, body }: HttpResponse, login: Login): string {
  if (status === 401) return LOGIN_ADVICE[login.by];
  if (status === 403) return login.by === "aws" ? LOGIN_ADVICE.aws : PERMISSION_ADVICE;
  // An OpenSearch answers 400 to a path of Dashboards.
  if (status === 404 || status === 405 || body.includes("no handler found for uri"))
    return "Check that the URL is the one of an engine or of Dashboards, and its version.";
  if (status === 429 || status >= 500)
    return "It is busy or failing: try again later. What is done already is left as it is.";
  return "";
}
