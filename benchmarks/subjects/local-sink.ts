import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A server that stands for the search endpoint and for S3. */
export interface LocalSink {
  origin: string;
  stop(): void;
}

/**
 * Starts processes/sink.ts in a process of its own, so that its CPU time is not the function's.
 *
 * @param folder where the bundled sink is @default the measured process's own
 */
export async function startSink(folder = __dirname): Promise<LocalSink> {
  const child = spawn(process.execPath, [join(folder, "sink.js")], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return { origin: `http://127.0.0.1:${port.toString().trim()}`, stop: () => child.stdin.end() };
}

/** The environment of a function whose search endpoint and S3 are the sink. */
export const environmentWith = ({ origin }: Pick<LocalSink, "origin">) => ({
  SEARCH_ENDPOINT: origin,
  ARCHIVE_BUCKET: "the-archive",
  AWS_ENDPOINT_URL_S3: origin,
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
});
