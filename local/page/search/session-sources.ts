import type { S3Client } from "@aws-sdk/client-s3";
import { awsClients } from "../../aws/clients";
import type { Session } from "../../start/session";
import type { SearchSources } from "./section";

/** Returns what is known of where to look, more with each step of the start. */
export function sessionSources(session: Partial<Session>): () => SearchSources {
  let s3: S3Client | undefined;
  return () => {
    const { search, archive, emulatorUrl } = session;
    if (emulatorUrl !== undefined) s3 ??= awsClients(emulatorUrl).s3;
    return { search, archive, s3 };
  };
}
