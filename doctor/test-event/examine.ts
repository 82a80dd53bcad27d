import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";
import { environmentOf } from "../environment";
import { type Examined, looked, together, UncheckedError } from "../examined";
import { type DoctorClock, followTestEvent, type TestEventResult } from "./follow";
import { putTestEvent } from "./put";

export interface TestEventOptions {
  /** Longest time until an event is in the index and in the archive, in seconds. */
  readonly waitSeconds: number;
  readonly clock: DoctorClock;
  /** Told what is written, before it is. */
  readonly say: (text: string) => void;
}

/** Puts one event into each log group that the caller names, and follows it to index and archive. */
export async function examineTestEvents(
  context: DoctorContext,
  options: TestEventOptions,
): Promise<{ examined: Examined; results: TestEventResult[] }> {
  const results: TestEventResult[] = [];
  const all = context.logGroups.map((group) =>
    looked(["test-event"], group, () => examineTestEvent(context, group, options, (result) => results.push(result))),
  );
  return { examined: await together(all), results };
}

async function examineTestEvent(
  context: DoctorContext,
  logGroup: string,
  { waitSeconds, clock, say }: TestEventOptions,
  onResult: (result: TestEventResult) => void,
): Promise<DoctorFinding[]> {
  const { sources, lanes, clients, engine } = context;
  const [subscription] = (await sources.find(logGroup))?.subscriptions ?? [];
  const lane = lanes.find(({ name }) => name === subscription?.stream);
  const environment = lane && environmentOf([lane]);
  if (!subscription || !lane || !environment) {
    throw new UncheckedError("no test event was put, as its way to a function of the pipeline is not found");
  }
  say(`Puts a test event into ${logGroup}, and looks for it for up to ${waitSeconds} s.`);
  const event = await putTestEvent(clients.logs, logGroup, subscription.filterPattern, clock.nowMs);
  // Beside a target stream, events are in the archive alone.
  const api = environment.SEARCH_ENDPOINT === "" ? undefined : engine?.api;
  const places = { s3: clients.s3, engine: api, environment, stream: lane.name };
  // It is there, whatever can be said of it.
  const { result, findings } = await followTestEvent(context, lane, places, event, { waitSeconds, clock }).catch(
    (error) => {
      onResult(event);
      throw error;
    },
  );
  onResult(result);
  return findings;
}
