import { gunzipSync } from "node:zlib";
import { assert, asyncProperty, uint8Array } from "fast-check";
import { compressing } from "../../../core/http/compressing";
import type { HttpRequest } from "../../../core/http/send";

const REQUEST: Omit<HttpRequest, "body"> = {
  method: "POST",
  path: "/_bulk",
  headers: { "Content-Type": "application/x-ndjson" },
  timeoutMs: 1_000,
  maxResponseBytes: 2_000,
};

/** What is sent in the place of a request with this body, and the response. */
async function sentFor(body: Buffer) {
  const sent: HttpRequest[] = [];
  const response = await compressing(async (request) => {
    sent.push(request);
    return { status: 200, body: "" };
  })({ ...REQUEST, body });
  return { sent, response };
}

describe("compressing", () => {
  it("sends a body that inflates to the one that was given, and says so in a header; all else stays", async () => {
    await assert(
      asyncProperty(uint8Array({ maxLength: 3_000 }), async (bytes) => {
        const body = Buffer.from(bytes);
        const { sent, response } = await sentFor(body);
        expect(sent).toHaveLength(1);
        const { body: compressed, headers, ...others } = sent[0]!;
        expect(gunzipSync(compressed)).toEqual(body);
        expect({ ...others, headers }).toEqual({
          ...REQUEST,
          headers: { "Content-Type": "application/x-ndjson", "Content-Encoding": "gzip" },
        });
        expect(response).toEqual({ status: 200, body: "" });
      }),
    );
  });

  it("makes lines of a log several times smaller, and what cannot be made smaller hardly larger", async () => {
    const lines = Buffer.from(Array.from({ length: 20_000 }, (_, n) => `{"create":{"_id":"${n}"}}\n`).join(""));
    const { sent } = await sentFor(lines);
    expect(sent[0]!.body.length).toBeLessThan(lines.length / 4);
    const noise = Buffer.from(Array.from({ length: 50_000 }, (_, n) => Math.imul(n + 1, 0x9e3779b1) >>> 24));
    expect((await sentFor(noise)).sent[0]!.body.length).toBeLessThan(1.01 * noise.length + 100);
  });
});
