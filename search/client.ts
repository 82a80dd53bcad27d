import { S3Client } from "@aws-sdk/client-s3";
import { failureReason } from "../core/http/failure-reason";
import type { HttpRequest, HttpResponse, Send } from "../core/http/send";
import type { Credentials } from "../core/http/sign";
import { signing } from "../core/http/signing";
import { undiciTransport } from "../core/http/undici-transport";
import { type Login, signedRegion } from "../tools/usage/login";
import { UsageError } from "../tools/usage/usage-error";
import type { ApiError } from "./api-error";
import { type Called, foreignResponse, requestFailure, responseFailure } from "./api-failure";

// The pinned versions work on every Node.js that this repository supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const TIMEOUT_MS = 30_000;

/** Far more than the largest response that these commands ask for: all index templates of a cluster. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

export interface ApiCall {
  method: HttpRequest["method"];
  /** Path and query, percent-encoded. */
  path: string;
  /** Sent as JSON. @default no body */
  body?: unknown;
  /** In addition to those of JSON and of the login. @default none */
  headers?: Readonly<Record<string, string>>;
  /** Statuses besides 2xx that are returned, such as 404 for what is not there. @default none */
  accepted?: readonly number[];
}

/** Calls the API of one engine, of Dashboards or of AWS. */
export interface ApiClient {
  /** @throws ApiError for any other status, and when there is no response */
  call(call: ApiCall): Promise<{ status: number; body: unknown }>;
}

/**
 * Calls the API at `origin`, logged in as `login` says. Once a call has had no response in time, and none before it had one,
 * further calls fail with its error at once.
 *
 * @param service signing name, where requests are signed
 */
export function apiClient(origin: string, login: Login, service = "es", timeoutMs = TIMEOUT_MS): ApiClient {
  const send = loggedIn(undiciTransport(origin), origin, login, service);
  let hasAnswered = false;
  let silence: ApiError | undefined;
  return {
    async call({ method, path, body, headers, accepted = [] }) {
      const request = {
        method,
        path,
        headers: { Accept: "application/json", ...(body !== undefined && JSON_TYPE), ...headers },
        body: Buffer.from(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body)),
        timeoutMs,
        maxResponseBytes: MAX_RESPONSE_BYTES,
      };
      if (silence) throw silence;
      const response = await send(request).catch((error) => {
        const failure = requestFailure(origin, error, timeoutMs);
        if (error.name === "TimeoutError" && !hasAnswered) silence = failure;
        throw failure;
      });
      hasAnswered = true;
      const isExpected = (response.status >= 200 && response.status < 300) || accepted.includes(response.status);
      if (!isExpected) throw responseFailure({ origin, method, path, login }, response);
      return { status: response.status, body: parsedJson(response, { origin, method, path }) };
    },
  };
}

const JSON_TYPE = { "Content-Type": "application/json" };

function loggedIn(send: Send, origin: string, login: Login, service: string): Send {
  switch (login.by) {
    case "none":
      return send;
    case "basic":
    case "api-key":
      return (request) => send({ ...request, headers: { ...request.headers, Authorization: login.authorization } });
    case "aws": {
      const { credentials, region } = awsChain();
      return async (request) => {
        const target = { origin, service, region: signedRegion(origin, login) ?? (await region()) };
        return signing(send, target, credentials)(request);
      };
    }
    default:
      return login satisfies never;
  }
}

/** Calls Secrets Manager in the region that is configured. AWS_ENDPOINT_URL_SECRETS_MANAGER is another endpoint. @throws UsageError when none is */
export async function secretsManagerClient(): Promise<ApiClient> {
  const region = await awsChain()
    .region()
    .catch((error) => {
      throw new UsageError([`${failureReason(error)}: set AWS_REGION to the region of the secret.`]);
    });
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const origin = process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? `https://secretsmanager.${region}.${domain}`;
  return apiClient(origin, { by: "aws" }, "secretsmanager");
}

/** Credentials and region from where the AWS CLI reads them. */
export function awsChain(): { credentials(): Promise<Credentials>; region(): Promise<string> } {
  const { credentials, region } = new S3Client({}).config;
  return { credentials, region };
}

/** @throws ApiError for what is no JSON, as no engine answers */
function parsedJson(response: HttpResponse, call: Called): unknown {
  try {
    return JSON.parse(response.body);
  } catch {
    throw foreignResponse(call, response);
  }
}
