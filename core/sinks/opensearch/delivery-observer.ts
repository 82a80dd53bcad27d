/** Receives what a delivery does, for metrics and messages; `DeliveryProgress` receives what becomes of events. */
export interface DeliveryObserver {
  /** A request with so many events is ready; reading and packing them took `durationMs`. */
  packed(events: number, durationMs: number): void;
  /** A request with a body of this size is sent. */
  sent(bytes: number): void;
  /** The index rejects an event with its fields; it is sent again as text. */
  sentAsText(): void;
  /** So many events failed with a retryable error. */
  failed(reason: string, events: number): void;
}
