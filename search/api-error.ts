/** Thrown when an API cannot be called, or refuses. Its message says what was asked for, the response, and what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /** @param status undefined: there was no response */
  constructor(
    message: string,
    readonly status: number | undefined,
  ) {
    super(message);
  }
}
