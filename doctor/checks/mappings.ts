import { type EventSourceMappingConfiguration, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import type { DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorLane } from "../context";
import { type Examined, looked } from "../examined";
import { enablingOf, shownLogsOf } from "./commands";

/** Checks that Lambda reads a lane's stream for its function. */
export const examineMapping = (context: DoctorContext, lane: DoctorLane): Promise<Examined> =>
  looked(["mapping", "mapping-enabled", "mapping-result"], lane.name, async () => {
    // Without a function there is nothing that could be mapped.
    if (!lane.forwarder()) return [];
    const mappings = await mappingsOfLane(context, lane);
    if (mappings.length > 0) return mappings.flatMap((mapping) => findingsOf(lane.name, mapping));
    const found = "it has no event source mapping";
    return [{ check: "mapping", subject: lane.name, found, command: "terraform apply" }];
  });

/** Returns the event source mappings between a lane's stream and its function. */
export async function mappingsOfLane(
  { clients }: DoctorContext,
  { name, stream }: DoctorLane,
): Promise<EventSourceMappingConfiguration[]> {
  // By the stream: by a function's name, the emulator lists none.
  const { EventSourceMappings = [] } = await clients.lambda.send(
    new ListEventSourceMappingsCommand({ EventSourceArn: (await stream()).StreamARN }),
  );
  // One that goes is none any more.
  return EventSourceMappings.filter(
    ({ FunctionArn = "", State }) => FunctionArn.split(":")[6] === name && State !== "Deleting",
  );
}

/** Whether a mapping is paused; others of its states pass by themselves. Source: Lambda API Reference, "GetEventSourceMapping": State. */
export const isPaused = ({ State }: Pick<EventSourceMappingConfiguration, "State">): boolean =>
  State === "Disabled" || State === "Disabling";

function findingsOf(
  subject: string,
  { UUID, State, LastModified, LastProcessingResult = "" }: EventSourceMappingConfiguration,
): DoctorFinding[] {
  if (isPaused({ State })) {
    const since = LastModified ? ` since ${LastModified.toISOString()}` : "";
    const found = `its event source mapping is ${State}${since}`;
    return [{ check: "mapping-enabled", subject, found, command: enablingOf(UUID) }];
  }
  if (!LastProcessingResult.startsWith("PROBLEM")) return [];
  return [{ check: "mapping-result", subject, found: LastProcessingResult, command: shownLogsOf(subject) }];
}
