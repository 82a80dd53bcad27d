import { type FilteredLogEvent, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { parsedObject } from "../../core/json/object";
import type { DoctorContext } from "../context";

const HOUR_MS = 3_600_000;
const MAX_PAGES = 20;

/** Returns the latest error that a function has logged in the last hour; undefined: none. */
export async function lastError({ clients, nowMs }: DoctorContext, name: string): Promise<string | undefined> {
  let latest: FilteredLogEvent | undefined;
  let token: string | undefined;
  // The earliest events come first, and a page may be empty.
  for (let page = 0; page < MAX_PAGES; page++) {
    const { events = [], nextToken } = await clients.logs.send(
      new FilterLogEventsCommand({
        logGroupName: `/aws/lambda/${name}`,
        startTime: nowMs - HOUR_MS,
        filterPattern: "{ $.error = * }",
        ...(token && { nextToken: token }),
      }),
    );
    for (const event of events) if ((event.timestamp ?? 0) >= (latest?.timestamp ?? 0)) latest = event;
    if (!nextToken) break;
    token = nextToken;
  }
  const { error, errorCode } = parsedObject(latest?.message ?? "") ?? {};
  if (typeof error !== "string") return undefined;
  return typeof errorCode === "string" ? `${errorCode}: ${error}` : error;
}
