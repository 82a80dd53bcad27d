import { type AccessVariable, MAX_VARIABLES } from "./apigateway-variable";
import { readClfTime } from "./line-times";

/** What is before the time; the CloudFormation example of the developer guide begins with `extendedRequestId`. */
export const CLF_HEADS: readonly (readonly string[])[] = [
  ["ip", "caller", "user"],
  ["extended_request_id", "ip", "caller", "user"],
];
/** What is after a request with a protocol, and after one without: `status` and `responseLength` are not in every format of WebSockets. */
export const CLF_HTTP_TAIL = ["status", "response_length", "request_id", "extended_request_id"];
export const CLF_SOCKET_TAILS = [["request_id"], ["status", "request_id"], CLF_HTTP_TAIL, CLF_HTTP_TAIL];

/** `ip caller user [time]"request" status length id`, with a space before the request or without. */
export function clfVariables(line: string): AccessVariable[] | undefined {
  const time = line.indexOf("[");
  const timeEnd = line.indexOf("]", time);
  const request = line.startsWith(" ", timeEnd + 1) ? timeEnd + 2 : timeEnd + 1;
  const requestEnd = line.lastIndexOf('"');
  if (time < 0 || timeEnd < 0 || line[request] !== '"' || requestEnd <= request) return undefined;
  const at = line.slice(time + 1, timeEnd);
  const heads = line.slice(0, time).trim().split(" ", 5);
  const head = CLF_HEADS.find(({ length }) => length === heads.length);
  const tails = line
    .slice(requestEnd + 1)
    .trim()
    .split(/ +/, MAX_VARIABLES + 1);
  const inRequest = clfRequest(line.slice(request + 1, requestEnd));
  const isHttp = inRequest.some(([name]) => name === "protocol");
  // Of two, a web server's second is the length.
  if (tails[0] === "" || (isHttp && tails.length < 3)) return undefined;
  const tail = isHttp ? CLF_HTTP_TAIL : CLF_SOCKET_TAILS[Math.min(tails.length, CLF_SOCKET_TAILS.length) - 1]!;
  if (head === undefined || readClfTime(at) === undefined) return undefined;
  return [
    ...heads.map((value, i): AccessVariable => [head[i]!, value]),
    ["request_time", at],
    ...inRequest,
    ...tails.map((value, i): AccessVariable => [tail[i] ?? "", value]),
  ];
}

/** `method resource protocol`; of HTTP APIs `method route protocol`; of WebSocket APIs `event route connection`. */
function clfRequest(request: string): AccessVariable[] {
  const first = request.indexOf(" ");
  const last = request.lastIndexOf(" ");
  if (first < 0 || first === last) return [["", request]];
  const parts = [request.slice(0, first), request.slice(first + 1, last), request.slice(last + 1)] as const;
  if (!parts[2].startsWith("HTTP/"))
    return [
      ["event_type", parts[0]],
      ["route_key", parts[1]],
      ["connection_id", parts[2]],
    ];
  const isRoute = parts[1].startsWith("$") || parts[1].includes(" ");
  return [
    ["http_method", parts[0]],
    [isRoute ? "route_key" : "resource_path", parts[1]],
    ["protocol", parts[2]],
  ];
}
