import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { selfSigned } from "../../../tools/certificate";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { repositoryRoot } from "../../../tools/repository";

/** Prints the outcome of a request by each transport to the origin in its arguments; ends by itself, or not at all. */
const PROGRAM = `
const { TRANSPORTS, REQUEST } = require("./__tests__/support/transports");
for (const [name, transport] of TRANSPORTS)
  transport(process.argv[1])(REQUEST).then(({ body }) => body, ({ code }) => code).then((end) => console.log(name, end));
`;

describe("the transports by TLS", () => {
  let directory: TemporaryDirectory;
  let server: Server | undefined;

  beforeAll(async () => {
    directory = await temporaryDirectory();
  });

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  afterAll(() => directory.remove());

  // Node.js reads NODE_EXTRA_CA_CERTS when it starts, so this takes a process of its own.
  it.each([
    ["deliver to a host of an authority that NODE_EXTRA_CA_CERTS names, and let the process end", "127.0.0.1", "ok"],
    ["reject the certificate of another host", "search.example.com", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("%s", async (_, host, outcome) => {
    const certificate = selfSigned(host);
    const file = join(directory.path, `${host}.pem`);
    await writeFile(file, certificate.cert);
    const listening = createServer(certificate, (_, response) => response.end("ok")).listen(0, "127.0.0.1");
    server = listening;
    await new Promise((resolve) => listening.once("listening", resolve));
    const origin = `https://127.0.0.1:${(listening.address() as AddressInfo).port}`;

    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "-e", PROGRAM, origin], {
      cwd: repositoryRoot,
      env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: file },
      timeout: 20_000,
    });

    expect(stdout.trim().split("\n").sort()).toEqual([`nodeTransport ${outcome}`, `undiciTransport ${outcome}`]);
  });
});
