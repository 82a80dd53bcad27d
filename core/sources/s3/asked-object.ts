import type { StreamedResponse } from "../../http/node-stream";
import { etagIn, type SourceObject } from "./source-object";

/**
 * Whether a response has the content that was asked for. An endpoint or a proxy may know neither `If-Match` nor `Range`, and lines of
 * another content, or from another place on, would take the ids of those that are lost.
 */
export function isAsked({ status, headers }: StreamedResponse, { etag }: SourceObject, from: number): boolean {
  if (status !== (from > 0 ? 206 : 200)) return false;
  const sent = headers.etag;
  if (sent !== undefined && etagIn(sent.replace(/^W\//, "")) !== etag) return false;
  const range = headers["content-range"];
  return status !== 206 || range === undefined || range.startsWith(`bytes ${from}-`);
}

/** What to do about a response that has not. */
export const NOT_ASKED = "The endpoint sends another version or part than was asked for: check AWS_ENDPOINT_URL_S3.";
