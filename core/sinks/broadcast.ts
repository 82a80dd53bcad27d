import type { DeliveryProgress } from "./sink";

/** Reports to each of `receivers`, in their order. */
export function broadcast(...receivers: DeliveryProgress[]): DeliveryProgress {
  return {
    delivered(events, alreadyPresent) {
      for (const receiver of receivers) receiver.delivered(events, alreadyPresent);
    },
    rejected(event, rejection) {
      for (const receiver of receivers) receiver.rejected(event, rejection);
    },
  };
}
