/** Maximum number of events that are joined to one. */
export const MAX_JOINED_EVENTS = 1_000;

/** Whether a value is the number of the events that one consists of. */
export const isEventCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) > 1 && (value as number) <= MAX_JOINED_EVENTS;
