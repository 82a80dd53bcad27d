import { setTimeout as sleep } from "node:timers/promises";
import type { HttpRequest } from "../../../core/http/send";
import type { Credentials } from "../../../core/http/sign";
import { signing } from "../../../core/http/signing";
import { startServer } from "../../support/http-server";
import { signatureError, type WireRequest } from "../../support/sigv4";
import { REQUEST, TRANSPORTS } from "../../support/transports";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };

describe("signing", () => {
  const target = { origin: "https://search.example", service: "es", region: "eu-central-1" };

  /** What is sent, as a server of the target sees it. */
  function prepare(credentials: () => Credentials | Promise<Credentials>) {
    const sent: WireRequest[] = [];
    const send = signing(
      async ({ method, path, headers, body }) => {
        const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
        sent.push({ method, target: path, headers: Object.fromEntries(named), body });
        return { status: 200, body: "ok" };
      },
      target,
      credentials,
    );
    return { sent, send };
  }

  it.each<[string, (id: number) => Credentials | Promise<Credentials>]>([
    ["", (id) => ({ accessKeyId: `AKID${id}`, secretAccessKey: "s" })],
    [", even if they take time", (id) => sleep(1, { accessKeyId: `AKID${id}`, secretAccessKey: "s" })],
  ])("asks for the credentials at each request%s", async (_, credentialsOf) => {
    let id = 0;
    const { sent, send } = prepare(() => credentialsOf(++id));
    // Concurrently: each request has its own.
    await Promise.all([send(REQUEST), send(REQUEST)]);
    const mistakes = sent.map((request, i) =>
      signatureError(request, { accessKeyId: `AKID${i + 1}`, secretAccessKey: "s", ...target }),
    );
    expect(mistakes).toEqual([undefined, undefined]);
  });

  it("resolves with the response, and keeps the time limit of the request", async () => {
    const requests: HttpRequest[] = [];
    const send = signing(
      async (request) => {
        requests.push(request);
        return { status: 201, body: "made" };
      },
      target,
      () => CREDENTIALS,
    );
    expect(await send(REQUEST)).toEqual({ status: 201, body: "made" });
    expect(requests).toEqual([{ ...REQUEST, headers: expect.objectContaining(REQUEST.headers) }]);
  });

  it("rejects, and sends nothing, without credentials", async () => {
    const { sent, send } = prepare(() => Promise.reject(new Error("expired")));
    await expect(send(REQUEST)).rejects.toThrow("expired");
    expect(sent).toEqual([]);
  });
});

describe.each(TRANSPORTS)("signing over %s", (_, transport) => {
  it.each([
    ["es", REQUEST],
    ["s3", { ...REQUEST, method: "PUT" as const, path: "/bucket/team=a/x~1.gz" }],
    ["s3", { ...REQUEST, method: "PUT" as const, path: "/bucket/empty", body: Buffer.alloc(0) }],
    ["s3", { ...REQUEST, method: "GET" as const, path: "/?lifecycle=", body: Buffer.alloc(0) }],
  ])("sends requests whose signature a server of %s accepts: %j", async (service, request) => {
    const server = await startServer((_, response) => response.end("ok"));
    const target = { origin: server.origin, service, region: "eu-central-1" };
    try {
      const send = signing(transport(server.origin), target, () => CREDENTIALS);
      expect(await send(request)).toEqual({ status: 200, body: "ok" });
    } finally {
      await server.stop();
    }
    const [received] = server.requests;
    expect(received).toMatchObject({ method: request.method, target: request.path, body: request.body });
    expect(received!.headers["content-type"]).toBe("application/x-ndjson");
    expect(received!.headers["x-amz-security-token"]).toBe("token");
    expect(signatureError(received!, { ...CREDENTIALS, ...target })).toBeUndefined();
    if (request.method !== "GET") expect(received!.headers["content-length"]).toBe(String(request.body.length));
  });
});
