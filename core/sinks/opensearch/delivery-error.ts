/** Thrown when delivery cannot go on until somebody acts. `message` says what to do. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
}
