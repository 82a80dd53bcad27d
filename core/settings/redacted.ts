/** Takes the place of whatever rules redact. */
export const REDACTED = "[REDACTED]";
