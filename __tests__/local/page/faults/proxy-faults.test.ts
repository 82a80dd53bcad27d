import { parseEngineError } from "../../../../core/http/engine-error";
import { s3ErrorCode } from "../../../../core/http/s3-error";
import { classify } from "../../../../core/retry/rule";
import { S3_RULES } from "../../../../core/sinks/archive/put-rules";
import { REQUEST_RULES } from "../../../../core/sinks/opensearch/request-rules";
import type { FaultRule } from "../../../../local/faults/shared-proxy";
import type { PageFaultTargets } from "../../../../local/page/faults/fault";
import { proxyFaults } from "../../../../local/page/faults/proxy-faults";

/** A proxy that keeps its rules, and the certificate that it presents. */
function fakeProxy() {
  const rules = new Set<FaultRule>();
  const shown = { isExpired: false };
  return {
    rules,
    shown,
    add(rule: FaultRule) {
      rules.add(rule);
      return () => void rules.delete(rule);
    },
    expire: (isExpired: boolean) => void Object.assign(shown, { isExpired }),
  };
}

/** Begins a fault; `ask` sends a request through the proxy that it has. */
async function begin(id: string) {
  const [engine, archive] = [fakeProxy(), fakeProxy()];
  let strikes = 0;
  const fault = proxyFaults.find((one) => one.id === id)!;
  const heal = await fault.begin({ network: { engine, archive } } as unknown as PageFaultTargets, () => strikes++);
  const ask = (method: string, url: string) =>
    [...(fault.site === "archive" ? archive : engine).rules].map((rule) => rule({ method, url }))[0];
  return { ask, heal, engine, strikes: () => strikes };
}

const BULK = ["POST", "/_bulk?filter_path=errors"] as const;
const PUT = ["PUT", "/bucket/archive/2026/11/28/13/foo/shardId-000000000000-1.gz"] as const;

describe("proxyFaults", () => {
  it.each([
    ["engine-429", "retried"],
    ["engine-503", "retried"],
    ["access-denied-policy", "returned to Lambda"],
    ["access-denied-role", "returned to Lambda"],
  ])("%s: bulk requests get what the forwarder's rules call %s, and no other request does", async (id, outcome) => {
    const { ask, heal, strikes } = await begin(id);
    const answer = ask(...BULK);
    if (answer?.kind !== "answer") throw new Error(`${id} does not answer`);
    const { status, body } = answer;
    const error = parseEngineError(body);
    expect(classify(REQUEST_RULES, { status, error, events: 2, isText: false }).outcome).toBe(outcome);
    expect(ask("GET", "/_cluster/health")).toBeUndefined();
    expect(ask("GET", "/foo/_search?q=/_bulk")).toBeUndefined();
    expect(strikes()).toBe(1);
    await heal();
    expect(ask(...BULK)).toBeUndefined();
  });

  it.each([
    ["archive-slow-down", "retried"],
    ["archive-access-denied", "returned to Lambda"],
  ])("%s: PUTs get what the rules for S3 call %s, and no read does", async (id, outcome) => {
    const { ask, heal } = await begin(id);
    const answer = ask(...PUT);
    if (answer?.kind !== "answer") throw new Error(`${id} does not answer`);
    expect(classify(S3_RULES, { status: answer.status, code: s3ErrorCode(answer.body) }).outcome).toBe(outcome);
    expect(ask("GET", PUT[1])).toBeUndefined();
    await heal();
    expect(ask(...PUT)).toBeUndefined();
  });

  it("engine-slow: bulk requests are answered late", async () => {
    const { ask } = await begin("engine-slow");
    expect(ask(...BULK)).toMatchObject({ kind: "late" });
  });

  it("certificate-expired: the certificate has expired until it is healed", async () => {
    const { engine, heal } = await begin("certificate-expired");
    expect(engine.shown.isExpired).toBe(true);
    await heal();
    expect(engine.shown.isExpired).toBe(false);
  });
});
