import { SourceObjectError } from "./object-error";

/** An object that no retry makes readable. @param reason of the same kind of failure always the same */
export const unreadableObject = (reason: string, advice = ""): SourceObjectError =>
  new SourceObjectError("OBJECT_UNREADABLE", "quarantined", reason, advice);

export const truncatedGzip = (): SourceObjectError =>
  unreadableObject("truncated gzip", "The lines before are delivered. Write the object again, whole.");

export const damagedGzip = (how: string): SourceObjectError =>
  unreadableObject(`damaged gzip: ${how}`, "What lies before is delivered, as it was read. Write the object again.");
