/** Receives the steps of a delivery, for metrics and messages; `DeliveryProgress` receives the outcomes of events. */
export interface DeliveryObserver {
  /** A request is ready; reading and packing its events took `durationMs`. */
  packed(events: number, durationMs: number): void;
  /** A request with a body of this size is sent. */
  sent(bytes: number): void;
  /** An event is sent again as text: the index rejected it with its fields, or it failed alone. */
  sentAsText(): void;
  /** This number of events failed with a retryable error. */
  failed(reason: string, events: number): void;
}
