import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { selfSigned } from "../../tools/certificate";

/** A server that stands for the search endpoint and for S3. */
export interface LocalSink {
  origin: string;
  /** The same by TLS, which Lambda always has. */
  tlsOrigin: string;
  stop(): void;
}

/** Names of the certificate that the sink shows, and of its key, beside the bundled sink. */
export const CERTIFICATE_FILES = { cert: "sink-certificate.pem", key: "sink-key.pem" } as const;

/** Makes a certificate for the sinks of a run: its key and itself are good for a day. */
export function writeCertificate(folder: string): void {
  const { cert, key } = selfSigned("127.0.0.1");
  writeFileSync(join(folder, CERTIFICATE_FILES.cert), cert);
  writeFileSync(join(folder, CERTIFICATE_FILES.key), key, { mode: 0o600 });
}

/**
 * The environment of a process that trusts that certificate.
 *
 * Source: Node.js documentation, Command-line API, `NODE_EXTRA_CA_CERTS`.
 */
export const trustingEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_EXTRA_CA_CERTS: join(folder, CERTIFICATE_FILES.cert),
});

/**
 * Starts processes/sink.ts in a process of its own, so that its CPU time is not the function's.
 *
 * @param folder where the bundled sink is @default the measured process's own
 */
export async function startSink(folder = __dirname): Promise<LocalSink> {
  const child = spawn(process.execPath, [join(folder, "sink.js")], { stdio: ["pipe", "pipe", "inherit"] });
  const [ports] = (await once(child.stdout, "data")) as [Buffer];
  const [port, tlsPort] = ports.toString().trim().split(" ");
  return {
    origin: `http://127.0.0.1:${port}`,
    tlsOrigin: `https://127.0.0.1:${tlsPort}`,
    stop: () => child.stdin.end(),
  };
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
