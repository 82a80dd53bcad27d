import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EventLedger } from "../../delivery/event-ledger";
import { mixedLines } from "../../log-events/generate";
import type { LogLine } from "../../log-events/line";
import { Putter } from "../../log-events/put";

const INTERVAL_MS = 500;
/** In each interval and for each log group. */
const LINES = 5;

export interface SteadyLines {
  /** Puts another line, too. @throws Error when CloudWatch Logs rejects it */
  put(line: LogLine): Promise<void>;
  stop(): Promise<void>;
}

/** Puts 10 lines a second into each log group, so that a fault has something to hit, and records them in the ledger. */
export function putSteadily(
  logs: CloudWatchLogsClient,
  logGroups: readonly string[],
  ledger: EventLedger,
): SteadyLines {
  const putter = new Putter(logs, ({ lines, firstId }) => {
    const times = lines.map(({ timestamp }) => timestamp);
    ledger.add(lines[0]!.logGroup, firstId, times);
  });
  const put = async (lines: readonly LogLine[]) => {
    for (const line of lines) await putter.add(line);
    await putter.flush();
  };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (lines: () => readonly LogLine[]) => {
    const done = last.then(() => put(lines()));
    last = done.catch(() => {});
    return done;
  };
  const someLines = () => {
    const now = Date.now();
    return mixedLines(logGroups, now, LINES * logGroups.length).map((line) => ({ ...line, timestamp: now }));
  };
  const timer = setInterval(() => void inTurn(someLines).catch(() => {}), INTERVAL_MS).unref();
  return {
    put: (line) => inTurn(() => [line]),
    async stop() {
      clearInterval(timer);
      await last;
    },
  };
}
