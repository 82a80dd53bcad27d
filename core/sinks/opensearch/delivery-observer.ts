/** Receives the steps of a delivery, for metrics and messages; `DeliveryProgress` receives the outcomes of events. */
export interface DeliveryObserver {
  /** A request is ready; reading and packing its events took `durationMs`. */
  packed(events: number, durationMs: number): void;
  /** A request with a body of this size is sent. */
  sent(bytes: number): void;
  /** The index rejects an event with its fields; it is sent again as text. */
  sentAsText(): void;
  /** This number of events failed with a retryable error. */
  failed(reason: string, events: number): void;
}
