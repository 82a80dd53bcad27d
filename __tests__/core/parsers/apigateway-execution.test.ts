import { parseApigatewayExecution } from "../../../core/parsers/apigateway-execution";
import { flatFields } from "../../support/flat-fields";

const ID = "8670bd47-f948-4fe1-a849-455725e1ffdc";

const parse = (line: string) => {
  const parsed = parseApigatewayExecution(line);
  return parsed && flatFields(parsed.fields);
};
const own = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`aws.apigateway.${name}`, value]));

describe("API Gateway's execution log", () => {
  // Lines of "How do I find API Gateway REST API errors in my CloudWatch logs?" (AWS re:Post) and of logs in public repositories.
  it.each<[string, object]>([
    ["Extended Request Id: f3GPZGo-ulQFWZg=", own({ extended_request_id: "f3GPZGo-ulQFWZg=" })],
    [`Starting execution for request: ${ID}`, {}],
    [
      "HTTP Method: GET, Resource Path: /pets/{petId}",
      { "http.request.method": "GET", ...own({ http_method: "GET", resource_path: "/pets/{petId}" }) },
    ],
    ["Method request path: {}", {}],
    ['Method request body before transformations: {\n  "a": 1\n}', {}],
    ["Method request body before transformations: aaaa [TRUNCATED]", own({ truncated: true })],
    [
      "Received response. Status: 200, Integration latency: 356 ms",
      own({ integration_status: 200, integration_latency: 356 }),
    ],
    [
      "AWS Integration Endpoint RequestId : 4430a1ec-f7c4-4a01-93c0-8b5d12fa0901",
      own({ aws_endpoint_request_id: "4430a1ec-f7c4-4a01-93c0-8b5d12fa0901" }),
    ],
    [
      "Method completed with status: 200",
      { "http.response.status_code": 200, "event.outcome": "success", ...own({ status: 200 }) },
    ],
    [
      "Method completed with status: 502",
      { "http.response.status_code": 502, "event.outcome": "failure", ...own({ status: 502 }) },
    ],
    [
      "Gateway response type: UNAUTHORIZED with status code: 401",
      { "http.response.status_code": 401, "event.outcome": "failure", ...own({ status: 401 }) },
    ],
    ["Execution failed due to configuration error: Malformed Lambda proxy response", {}],
  ])("has the fields of %j", (text, expected) => {
    expect(parse(`(${ID}) ${text}`)).toEqual({
      ...{ "event.dataset": "aws.apigateway_execution", "http.request.id": ID, "aws.apigateway.request_id": ID },
      ...expected,
    });
  });

  it("has the request ids of WebSocket APIs, and keeps the whole line as its message", () => {
    const line = "(IDGpAgoWoAMFdzw=) Successfully completed execution";
    expect(parse(line)).toMatchObject({ "aws.apigateway.request_id": "IDGpAgoWoAMFdzw=" });
    expect(parseApigatewayExecution(line)?.message).toBe(line);
  });

  it.each(["", "()", "(a b) c", `(${ID})`, "order placed (a) b", `(${"a".repeat(129)}) b`])("is not %j", (line) => {
    expect(parse(line)).toBeUndefined();
  });
});
