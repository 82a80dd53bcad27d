import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { selfSigned } from "../../tools/certificate";
import { startProxy, startTlsProxy } from "./proxy";
import { type SharedProxy, sharedProxy } from "./shared-proxy";

const HOST = "127.0.0.1";
const DAY_MS = 86_400_000;

export interface FaultyNetworkOptions {
  /** Endpoint of the search engine, without TLS; undefined: the user's own engine, which functions reach directly. */
  readonly searchEndpoint?: string;
  readonly emulatorUrl: string;
  /** Where the certificates are written. */
  readonly directory: string;
}

/** What lies between the functions and the services that they call. */
export interface FaultyNetwork {
  readonly engine?: EngineProxy;
  readonly archive: SharedProxy;
  /** Returns the variables by which a function goes through the proxies. */
  environment(applied: Readonly<Record<string, string>>): Record<string, string>;
  stop(): Promise<void>;
}

export interface EngineProxy extends SharedProxy {
  /** Presents a certificate that has expired, or a valid one again. The functions trust both: only the date is wrong. */
  expire(isExpired: boolean): void;
}

/** Starts a proxy before the archive, and one before the search engine that speaks TLS, as a domain does. */
export async function startNetwork(options: FaultyNetworkOptions): Promise<FaultyNetwork> {
  const { searchEndpoint, emulatorUrl } = options;
  const valid = selfSigned(HOST);
  const expired = selfSigned(HOST, new Date(Date.now() - DAY_MS));
  const authorities = join(options.directory, "certificate-authorities.pem");
  const { NODE_EXTRA_CA_CERTS } = process.env;
  const others = NODE_EXTRA_CA_CERTS ? await readFile(NODE_EXTRA_CA_CERTS, "utf8") : "";
  await writeFile(authorities, [valid.cert, expired.cert, others].join(""));
  const archive = await startProxy({ target: () => emulatorUrl });
  const engine = searchEndpoint ? await startTlsProxy({ target: () => searchEndpoint }, valid) : undefined;
  return {
    archive: sharedProxy(archive),
    ...(engine && {
      engine: { ...sharedProxy(engine), expire: (isExpired: boolean) => engine.present(isExpired ? expired : valid) },
    }),
    environment: ({ SEARCH_ENDPOINT }) => ({
      AWS_ENDPOINT_URL_S3: archive.url,
      NODE_EXTRA_CA_CERTS: authorities,
      // Another endpoint, applied while the pipeline runs, is reached directly.
      ...(engine && SEARCH_ENDPOINT === searchEndpoint && { SEARCH_ENDPOINT: engine.url }),
    }),
    async stop() {
      await Promise.all([archive.stop(), engine?.stop()]);
    },
  };
}
