import { readFileSync } from "node:fs";

/** Makes Terraform's AWS provider write each request into `file`, with its service and operation. */
export const recordingTo = (file: string): NodeJS.ProcessEnv => ({ TF_LOG_PROVIDER: "DEBUG", TF_LOG_PATH: file });

/** The operations that the provider has called, as `service:Operation`, by the names of the AWS SDK for Go. */
export function recordedCalls(file: string): Set<string> {
  // An entry has a line for each one of the body, and its members in any order; one with a long body is cut, which may leave the other.
  const entries = readFileSync(file, "utf8").split(/^(?=\d{4}-\d\d-\d\dT\S+ \[)/m);
  const calls = entries
    .filter((entry) => /HTTP (Request Sent|Response Received): /.test(entry))
    .map((entry) => [memberOf(entry, "rpc.service"), memberOf(entry, "rpc.method")] as const);
  return new Set(calls.flatMap(([service, operation]) => (service && operation ? [`${service}:${operation}`] : [])));
}

function memberOf(entry: string, name: string): string | undefined {
  const [, quotedValue, value] = new RegExp(`\\s${name}=(?:"([^"]+)"|(\\S+))`).exec(entry) ?? [];
  return quotedValue ?? value;
}
