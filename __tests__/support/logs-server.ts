import { ACCOUNT_ID } from "../../local/aws/account";
import { type HttpServer, startServer } from "./http-server";

export interface LogsServer extends HttpServer {
  /** The events of each call of PutLogEvents, with where they went. */
  puts: { logGroup: string; logStream: string; logEvents: { timestamp: number; message: string }[] }[];
  /** Log groups. */
  created: string[];
  /** Answers PutLogEvents in place of an empty answer. */
  answer: (put: number) => { status?: number; headers?: Record<string, string>; body?: object };
}

interface LogsRequest {
  logGroupName: string;
  logStreamName: string;
  logEvents: { timestamp: number; message: string }[];
}

/** Answers as the emulator does: which log groups are delivered, and PutLogEvents. @param excluded by the account's policy; undefined: there is none */
export async function startLogs(delivered: readonly string[] = [], excluded?: readonly string[]): Promise<LogsServer> {
  const created: string[] = [];
  const listed = (accountId: string, logGroups: readonly string[]) =>
    logGroups.map((logGroup) => ({ accountId, logGroup, streamArn: "" }));
  const subscriptions = {
    subscriptions: [...listed(ACCOUNT_ID, delivered), ...listed("210987654321", ["another"])],
    accountPolicies: excluded ? [{ accountId: ACCOUNT_ID, streamArn: "", excluded }] : [],
  };
  const puts: LogsServer["puts"] = [];
  const operations: Record<string, (body: LogsRequest) => ReturnType<LogsServer["answer"]>> = {
    CreateLogStream: () => ({}),
    CreateLogGroup: ({ logGroupName }) => {
      created.push(logGroupName);
      return {};
    },
    PutLogEvents: ({ logGroupName, logStreamName, logEvents }) => {
      puts.push({ logGroup: logGroupName, logStream: logStreamName, logEvents });
      return server.answer(puts.length - 1);
    },
  };
  const http = await startServer((request, response) => {
    if (request.target === "/_subscriptions") return response.end(JSON.stringify(subscriptions));
    const operation = request.headers["x-amz-target"]!.replace("Logs_20140328.", "");
    const { status = 200, headers = {}, body = {} } = operations[operation]!(JSON.parse(request.body.toString()));
    return response
      .writeHead(status, { "content-type": "application/x-amz-json-1.1", ...headers })
      .end(JSON.stringify(body));
  });
  const server: LogsServer = { ...http, puts, created, answer: () => ({}) };
  return server;
}
