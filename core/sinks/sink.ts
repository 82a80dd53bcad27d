/** One event by its place in a batch. */
export interface EventPlace {
  /** The record's position in the batch. */
  record: number;
  /** The event's position in its record. */
  position: number;
}

/** Events of one record that follow one another; `position` is that of the first. */
export interface EventRun extends EventPlace {
  count: number;
}

/** An event that the sink rejected for good. */
export interface Rejection {
  /** The event's position in its record. */
  readonly position: number;
  readonly rejection: string;
}

/** Receives what becomes of each event of a batch. An event that is never reported is pending. */
export interface DeliveryProgress {
  /** The sink has the events; `alreadyPresent`: an earlier attempt had delivered them. */
  delivered(events: EventRun, alreadyPresent: boolean): void;
  /** The sink rejects the event for good. */
  rejected(event: EventPlace, rejection: string): void;
}

/** A destination of events. */
export interface Sink<Batch> {
  /**
   * Delivers the events of a batch, and retries what fails with a retryable error until the deadline.
   *
   * @throws PipelineError when nothing can be delivered until somebody acts
   */
  deliver(batch: Batch, progress: DeliveryProgress): Promise<void>;
}
