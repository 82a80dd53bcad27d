/** Why a request had no response. Node leaves the message empty where each of a host's addresses failed. */
export function failureReason(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || String(code);
}
