/** Today's as 12:34:56, and others with their day, in UTC. */
export function timeOfMs(ms: number, now = Date.now()): string {
  // What somebody else wrote may have any time.
  if (Math.abs(ms) > 8.64e15) return "an impossible time";
  const text = new Date(ms).toISOString();
  const [day = "", time = ""] = text.split("T");
  return new Date(now).toISOString().startsWith(`${day}T`) ? time.slice(0, 8) : `${day} ${time.slice(0, 8)}`;
}
