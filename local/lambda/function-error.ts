/** Returns the message of a line by which the local Lambda logs that an invocation has failed; undefined for any other. */
export function functionError(line: string): string | undefined {
  if (!line.startsWith("ERROR {")) return undefined;
  try {
    const { errorMessage } = JSON.parse(line.slice("ERROR ".length)) as { errorMessage?: unknown };
    return typeof errorMessage === "string" ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}
