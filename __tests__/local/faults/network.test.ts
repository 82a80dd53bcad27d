import { readFileSync } from "node:fs";
import { get as getHttp } from "node:http";
import { get as getTls } from "node:https";
import { type FaultyNetwork, startNetwork } from "../../../local/faults/network";
import { type TemporaryDirectory, temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { type HttpServer, startServer } from "../../support/http-server";

let directory: TemporaryDirectory;
let engine: HttpServer;
let emulator: HttpServer;
let network: FaultyNetwork;

beforeEach(async () => {
  directory = await temporaryDirectory();
  engine = await startServer((_, response) => response.end("engine"));
  emulator = await startServer((_, response) => response.end("emulator"));
  network = await startNetwork({
    ...{ searchEndpoint: engine.origin, emulatorUrl: emulator.origin },
    directory: directory.path,
  });
});

afterEach(async () => {
  await Promise.all([network.stop(), engine.stop(), emulator.stop()]);
  await directory.remove();
});

/** Resolves to the body, or to the error's code. */
function answer(url: string, ca?: string): Promise<string> {
  return new Promise((resolve) => {
    const options = { ...(ca && { ca: readFileSync(ca) }), agent: false as const };
    (url.startsWith("https") ? getTls : getHttp)(url, options, async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString() || String(response.statusCode));
    }).on("error", ({ code }: NodeJS.ErrnoException) => resolve(code!));
  });
}

describe("startNetwork", () => {
  it("leads a function through proxies to the engine, by TLS that it trusts, and to S3", async () => {
    const { SEARCH_ENDPOINT, AWS_ENDPOINT_URL_S3, NODE_EXTRA_CA_CERTS } = network.environment({
      SEARCH_ENDPOINT: engine.origin,
    });
    expect(SEARCH_ENDPOINT).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await answer(SEARCH_ENDPOINT!, NODE_EXTRA_CA_CERTS)).toBe("engine");
    expect(await answer(SEARCH_ENDPOINT!)).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(await answer(AWS_ENDPOINT_URL_S3!)).toBe("emulator");
  });

  it("leaves an endpoint that was applied later", () => {
    expect(network.environment({ SEARCH_ENDPOINT: "https://other.example" })).not.toHaveProperty("SEARCH_ENDPOINT");
  });

  it("has no proxy before an engine of the user's", async () => {
    const own = await startNetwork({ emulatorUrl: emulator.origin, directory: directory.path });
    expect(own.engine).toBeUndefined();
    expect(own.environment({ SEARCH_ENDPOINT: engine.origin })).not.toHaveProperty("SEARCH_ENDPOINT");
    await own.stop();
  });

  it("lets the engine's certificate expire, and be valid again", async () => {
    const { SEARCH_ENDPOINT, NODE_EXTRA_CA_CERTS } = network.environment({ SEARCH_ENDPOINT: engine.origin });
    network.engine!.expire(true);
    expect(await answer(SEARCH_ENDPOINT!, NODE_EXTRA_CA_CERTS)).toBe("CERT_HAS_EXPIRED");
    network.engine!.expire(false);
    expect(await answer(SEARCH_ENDPOINT!, NODE_EXTRA_CA_CERTS)).toBe("engine");
  });

  it("has a fault by the first rule that has one, and none when they are removed", async () => {
    const rule = (body: string) => () => ({ kind: "answer" as const, status: 503, body });
    const url = network.environment({}).AWS_ENDPOINT_URL_S3!;
    const removals = [() => undefined, rule("first"), rule("second")].map((one) => network.archive.add(one));
    expect(await answer(url)).toBe("first");
    removals[1]!();
    expect(await answer(url)).toBe("second");
    removals[2]!();
    expect(await answer(url)).toBe("emulator");
  });
});
