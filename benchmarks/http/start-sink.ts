import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Sink {
  origin: string;
  stop(): void;
}

/** Starts sink.ts, bundled beside this, in a process of its own, so that its time is not ours. */
export async function startSink(): Promise<Sink> {
  const child = spawn(process.execPath, [join(__dirname, "sink.js")], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  return { origin: `http://127.0.0.1:${port.toString().trim()}`, stop: () => child.stdin.end() };
}

/** The function's environment with the sink for both the search endpoint and S3. */
export const environmentWith = ({ origin }: Sink) => ({
  SEARCH_ENDPOINT: origin,
  ARCHIVE_BUCKET: "the-archive",
  AWS_ENDPOINT_URL_S3: origin,
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
});
