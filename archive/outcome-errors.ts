/** Thrown for an object that does not have the form of its place in the bucket. Reading it again changes nothing. */
export class DamagedError extends Error {
  override readonly name = "DamagedError";
}

/** Thrown when one object cannot be replayed now, but may be later; the others can. The message continues after its key. */
export class ObjectError extends Error {
  override readonly name: string = "ObjectError";
}

/** Thrown when an object is no longer the one that was listed. */
export class OverwrittenError extends ObjectError {
  override readonly name = "OverwrittenError";

  constructor() {
    super("was overwritten while it was read");
  }
}

/** Thrown when access to one object is denied. `message` continues after its key; `advice` is for when access to all is denied. */
export class DeniedError extends ObjectError {
  override readonly name = "DeniedError";

  constructor(
    message: string,
    readonly advice: string,
  ) {
    super(message);
  }
}

/** Thrown when some of an object's events failed however often they were sent. */
export class UndeliveredError extends ObjectError {
  override readonly name = "UndeliveredError";
}

/** Thrown when nothing can be replayed until somebody acts. `message` says what to do. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

/** Thrown for an object that was in progress when the run ended. Nothing is wrong with it, and the next run replays it. */
export class UnfinishedError extends Error {
  override readonly name = "UnfinishedError";
}
