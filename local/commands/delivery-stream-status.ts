import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import { awsClients } from "../aws/clients";
import { deliverySettings } from "../firehose/settings";
import { destinationText } from "../firehose/settings-text";
import { listDeliveryStreams } from "../reconciler/delivery-stream-list";

/** The delivery streams of an emulated account. */
export interface DeliveryStreamStatus {
  /** Name, what becomes of its records, and the emulator's word for its state. */
  readonly rows: readonly (readonly [name: string, delivery: string, state: string])[];
  /** Patterns of the indices that they deliver to. */
  readonly indexPatterns: readonly string[];
}

/** Describes the delivery streams of the emulator: `ACTIVE` says of none that the local pipeline delivers its records. */
export async function deliveryStreamStatus(emulatorUrl: string): Promise<DeliveryStreamStatus> {
  const { firehose } = awsClients(emulatorUrl);
  try {
    const described = (await listDeliveryStreams(firehose)).map(statusOf);
    return { rows: described.map(({ row }) => row), indexPatterns: described.flatMap(({ pattern }) => pattern ?? []) };
  } catch (error) {
    return { rows: [["Delivery streams", "cannot be listed", (error as Error).message]], indexPatterns: [] };
  } finally {
    firehose.destroy();
  }
}

interface OneStatus {
  readonly row: DeliveryStreamStatus["rows"][number];
  readonly pattern?: string | undefined;
}

function statusOf(description: DeliveryStreamDescription): OneStatus {
  const { DeliveryStreamName: name = "", DeliveryStreamStatus: state = "" } = description;
  try {
    const settings = deliverySettings(description);
    const { search } = settings;
    const pattern = search && (search.rotation === "NoRotation" ? search.index : `${search.index}-*`);
    return { row: [name, destinationText(settings), state], pattern };
  } catch (error) {
    return { row: [name, `not delivered here: ${(error as Error).message}`, state] };
  }
}
