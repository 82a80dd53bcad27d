import { createClients } from "../../archive/clients";
import { StoppedError } from "../../archive/outcome-errors";
import { SdkBucket } from "../../archive/sdk-bucket";
import { counted } from "../../tools/text/numbers";
import { shown } from "../../tools/text/one-line";
import { UsageError } from "../../tools/usage/usage-error";
import type { GrepArguments } from "../arguments/grep";
import type { QueryIo } from "../io";
import { PrintedEvents } from "../printed-events";
import { eventsInOrder } from "../read-in-order";
import { archivedObjects } from "../source";

/**
 * Prints the events of a range whose message has a pattern, in the order of their objects.
 *
 * @returns the exit code
 * @throws UsageError when it cannot begin
 */
export async function runGrep({ source, range, pattern, isJson }: GrepArguments, io: QueryIo): Promise<number> {
  const clients = createClients(io.env);
  await clients.region();
  const bucket = new SdkBucket(clients.s3, source.bucket, io.signal);
  const objects = await archivedObjects(bucket, source, range);
  const printed = new PrintedEvents(io.output, isJson);
  let damaged = 0;
  const events = eventsInOrder(bucket, objects, source, ({ key }, reason) => {
    damaged++;
    io.log(`${shown(key)} ${reason}`);
  });
  try {
    for await (const event of events) {
      const isWithin = event.time >= range.fromMs && event.time < range.toMs;
      if (isWithin && pattern.test(event.message)) await printed.print(event);
    }
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    if (printed.count === 0) throw new UsageError([error.message]);
    io.log(`Stopped. ${error.message}`);
    return 1;
  }
  io.log(`${counted(printed.count, "event")} of ${counted(objects.length, "object")}`);
  return damaged > 0 ? 1 : 0;
}
