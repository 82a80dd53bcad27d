import { addAbortSignal, type Readable } from "node:stream";
import { GetObjectCommand, type GetObjectCommandInput, type S3Client } from "@aws-sdk/client-s3";
import { oneLine } from "../../tools/text/one-line";
import { clip } from "../report/terminal";

/** How long a request may take, with all of its response, in milliseconds: a server that stalls would take forever. */
const REQUEST_MS = 60_000;

/** Of what S3 answers, in columns. */
const MAX_QUOTED = 300;

/** An object that is being read. */
export interface OpenedStored {
  /** As it is stored. */
  readonly bytes: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** Ends with an error when it is not read in time. */
  readonly chunks: Readable;
}

/** Opens an object of S3. @throws what S3 answers; see `s3Failure` */
export async function openStored(
  s3: S3Client,
  object: GetObjectCommandInput,
  timeoutMs = REQUEST_MS,
): Promise<OpenedStored> {
  const { abortSignal } = endingRequest(timeoutMs);
  const { Body, Metadata = {}, ContentLength = 0 } = await s3.send(new GetObjectCommand(object), { abortSignal });
  // Who does not read it to its end hears of no error, which would end the process.
  const chunks = addAbortSignal(abortSignal, Body as Readable).on("error", () => {});
  return { bytes: ContentLength, metadata: Metadata, chunks };
}

/** Options of a request that ends in time. */
export const endingRequest = (timeoutMs = REQUEST_MS) => ({ abortSignal: AbortSignal.timeout(timeoutMs) });

/** Says why S3 did not give something: the end of a sentence, harmless to a terminal. */
export function s3Failure(error: unknown): string {
  const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  if (name === "AbortError" || name === "TimeoutError") return "S3 is slow, or stalls";
  const status = $metadata?.httpStatusCode;
  const answer = status === undefined ? message || name : `${name} (${status}): ${message}`;
  return clip(oneLine(answer), MAX_QUOTED).replace(/\.$/, "");
}
