import { type HttpServer, startServer } from "./http-server";

export interface LogsServer extends HttpServer {
  /** The events of each call of PutLogEvents, with where they went. */
  puts: { logGroup: string; logStream: string; logEvents: { timestamp: number; message: string }[] }[];
  /** Answers PutLogEvents in place of an empty answer. */
  answer: (put: number) => { status?: number; headers?: Record<string, string>; body?: object };
}

interface LogsRequest {
  logGroupName: string;
  logStreamName: string;
  logEvents: { timestamp: number; message: string }[];
}

/** Answers as CloudWatch Logs does: log groups whose subscriptions are given, and PutLogEvents to them. */
export async function startLogs(subscriptions: Readonly<Record<string, boolean>> = {}): Promise<LogsServer> {
  const puts: LogsServer["puts"] = [];
  const operations: Record<string, (body: LogsRequest) => ReturnType<LogsServer["answer"]>> = {
    CreateLogStream: () => ({}),
    PutLogEvents: ({ logGroupName, logStreamName, logEvents }) => {
      puts.push({ logGroup: logGroupName, logStream: logStreamName, logEvents });
      return server.answer(puts.length - 1);
    },
    DescribeLogGroups: () => ({
      body: { logGroups: Object.keys(subscriptions).map((logGroupName) => ({ logGroupName })) },
    }),
    DescribeSubscriptionFilters: ({ logGroupName }) => ({
      body: { subscriptionFilters: subscriptions[logGroupName] ? [{ filterName: "all" }] : [] },
    }),
  };
  const http = await startServer((request, response) => {
    const operation = request.headers["x-amz-target"]!.replace("Logs_20140328.", "");
    const { status = 200, headers = {}, body = {} } = operations[operation]!(JSON.parse(request.body.toString()));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1", ...headers }).end(JSON.stringify(body));
  });
  const server: LogsServer = { ...http, puts, answer: () => ({}) };
  return server;
}
