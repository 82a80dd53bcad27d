import { type AuthorizedIo, authorized, REREAD_MS } from "../../../../core/http/credentials/authorized";
import { SecretError } from "../../../../core/http/credentials/secret-error";
import type { HttpRequest, HttpResponse } from "../../../../core/http/send";
import { selfSigned } from "../../../../tools/certificate";
import { REQUEST } from "../../../support/transports";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf";
const basic = (password: string) => `Basic ${Buffer.from(`logs:${password}`).toString("base64")}`;
const secretOf = (password: string, more: object = {}) => JSON.stringify({ username: "logs", password, ...more });

/** An engine that takes one password, and a secret. */
function prepare({ taken = "one", secret = secretOf("one") } = {}) {
  const world = {
    taken,
    secret,
    nowMs: 0,
    /** What the engine's certificate is signed by; undefined: a public authority. */
    authority: undefined as string | undefined,
    reads: 0,
    sent: [] as HttpRequest[],
    /** In place of Secrets Manager's own response. */
    fault: undefined as HttpResponse | Error | undefined,
  };
  const io: AuthorizedIo = {
    arn: ARN,
    SecretError,
    async secretsManager() {
      world.reads++;
      if (world.fault instanceof Error) throw world.fault;
      return world.fault ?? { status: 200, body: JSON.stringify({ SecretString: world.secret }) };
    },
    transport: (ca) => async (request) => {
      world.sent.push({ ...request, body: Buffer.from(request.body) });
      if (ca?.replaceAll("\n", "") !== world.authority?.replaceAll("\n", ""))
        throw Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
      return { status: request.headers.Authorization === basic(world.taken) ? 200 : 401, body: "" };
    },
    monotonicMs: () => world.nowMs,
  };
  const send = authorized(io);
  const statusOf = async () => (await send(REQUEST)).status;
  return { world, io, send, statusOf };
}

describe("authorized", () => {
  it("reads the secret at the first request, once for all that are sent at the same time and later", async () => {
    const { world, statusOf } = prepare();
    expect(world.reads).toBe(0);
    expect(await Promise.all([statusOf(), statusOf(), statusOf()])).toEqual([200, 200, 200]);
    world.nowMs = 86_400_000;
    expect(await statusOf()).toBe(200);
    expect(world.reads).toBe(1);
    expect(world.sent[0]).toEqual({
      ...REQUEST,
      headers: { ...REQUEST.headers, Authorization: basic("one") },
      timeoutMs: REQUEST.timeoutMs,
    });
  });

  it("reads a secret that was rotated after a 401, once, and sends each request again", async () => {
    const { world, statusOf } = prepare();
    await statusOf();
    Object.assign(world, { taken: "two", secret: secretOf("two"), sent: [] });
    expect(await Promise.all([statusOf(), statusOf(), statusOf()])).toEqual([200, 200, 200]);
    expect([world.reads, world.sent.length]).toEqual([2, 6]);
    expect(world.sent.every(({ body }) => body.equals(REQUEST.body))).toBe(true);
  });

  it("returns a lasting 401, and asks Secrets Manager no more than once a minute", async () => {
    const { world, statusOf } = prepare({ taken: "two" });
    const statuses = [];
    for (const nowMs of [0, 1, REREAD_MS - 1]) {
      world.nowMs = nowMs;
      statuses.push(await statusOf(), ...(await Promise.all([statusOf(), statusOf()])));
    }
    expect(new Set(statuses)).toEqual(new Set([401]));
    // The first, and one after the 401. Nothing is sent twice: the secret is the same.
    expect([world.reads, world.sent.length]).toEqual([2, 9]);
    Object.assign(world, { nowMs: REREAD_MS, secret: secretOf("two") });
    expect([await statusOf(), world.reads]).toEqual([200, 3]);
  });

  it("keeps other responses and failures of the engine, and does not read again for them", async () => {
    const { world, io } = prepare();
    const answers: (HttpResponse | Error)[] = [
      { status: 403, body: "{}" },
      { status: 503, body: "" },
    ];
    answers.push(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
    const send = authorized({
      ...io,
      transport: () => async () => {
        const answer = answers.shift()!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    });
    expect(await send(REQUEST)).toEqual({ status: 403, body: "{}" });
    expect((await send(REQUEST)).status).toBe(503);
    await expect(send(REQUEST)).rejects.toThrow("reset");
    expect(world.reads).toBe(1);
  });

  it("trusts the authority in the secret, and reads it again when the engine has another one", async () => {
    const [first, second] = [selfSigned("a").cert, selfSigned("b").cert];
    const { world, statusOf } = prepare({ secret: secretOf("one", { ca_certificate: first }) });
    world.authority = first;
    expect(await statusOf()).toBe(200);
    world.authority = second;
    await expect(statusOf()).rejects.toThrow("self-signed certificate");
    expect(world.reads).toBe(2);
    Object.assign(world, { nowMs: REREAD_MS, secret: secretOf("one", { ca_certificate: second }) });
    expect([await statusOf(), world.reads]).toEqual([200, 3]);
  });

  it("throws what is wrong with the secret, which it names, and reads it again at the next request", async () => {
    const { world, send, statusOf } = prepare({ secret: '{"user":"logs","password":"hunter2"}' });
    const error = await send(REQUEST).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(SecretError);
    expect([error.code, error.message]).toEqual([
      "SECRET_UNUSABLE",
      `The secret ${ARN} holds no credentials for search: it has a password and no username. Allowed: JSON with "username" ` +
        'and "password", or with "api_key", and perhaps "ca_certificate" in PEM.',
    ]);
    expect(world.sent).toEqual([]);
    world.secret = secretOf("one");
    expect([await statusOf(), world.reads]).toEqual([200, 2]);
  });

  it("leaves what passes to the retries, and says that it is Secrets Manager's", async () => {
    const { world, send, statusOf } = prepare();
    world.fault = { status: 400, body: '{"__type":"ThrottlingException","Message":"slow down"}' };
    await expect(send(REQUEST)).rejects.toMatchObject({
      message: "Secrets Manager: 400 ThrottlingException",
      code: "SECRETS_MANAGER_FAILED",
    });
    world.fault = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    await expect(send(REQUEST)).rejects.toMatchObject({
      message: "Secrets Manager: connect ECONNREFUSED",
      code: "ECONNREFUSED",
    });
    world.fault = undefined;
    expect(await statusOf()).toBe(200);
  });

  it("keeps the time limit of the request for all of it together", async () => {
    const { world, io } = prepare();
    const limits: number[] = [];
    const send = authorized({
      ...io,
      async secretsManager(request) {
        limits.push(request.timeoutMs);
        world.nowMs += 4_000;
        return io.secretsManager(request);
      },
      transport:
        () =>
        async ({ timeoutMs }) => {
          limits.push(timeoutMs);
          world.nowMs += 3_000;
          return { status: 401, body: "" };
        },
    });
    await expect(send({ ...REQUEST, timeoutMs: 10_000 })).resolves.toMatchObject({ status: 401 });
    world.nowMs = REREAD_MS * 2;
    await expect(send({ ...REQUEST, timeoutMs: 3_000 })).rejects.toMatchObject({ name: "TimeoutError" });
    expect(limits).toEqual([10_000, 6_000, 3_000, 3_000]);
  });
});
