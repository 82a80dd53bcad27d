import * as fc from "fast-check";
import { testLine } from "../../send/lines";
import { pace } from "../../send/pace";

const signal = new AbortController().signal;

describe("pace", () => {
  it("sends as many lines as the rate gives in the time, each once and in order", async () => {
    const sent: number[] = [];
    const paced = await pace({ rate: 1_000, seconds: 0.2, send: (n) => sent.push(n), pendingBytes: () => 0, signal });
    expect(sent).toEqual([...Array(200).keys()]);
    expect(paced).toEqual({ lines: 200, waitedSeconds: 0 });
  });

  it("waits while too much is pending, and sends what was due then afterwards", async () => {
    let looks = 0;
    const sent: number[] = [];
    const pendingBytes = () => (++looks <= 2 ? 20_000_000 : 0);
    const paced = await pace({ rate: 500, seconds: 0.1, send: (n) => sent.push(n), pendingBytes, signal });
    expect(sent).toEqual([...Array(50).keys()]);
    expect(paced.waitedSeconds).toBeGreaterThan(0);
  });

  it("ends early when it is told to", async () => {
    const stopping = new AbortController();
    const paced = await pace({
      ...{ rate: 10, seconds: 3_600, pendingBytes: () => 0, signal: stopping.signal },
      send: () => stopping.abort(),
    });
    expect(paced.lines).toBe(1);
  });
});

describe("testLine", () => {
  it("is the same for the same number, and has a level by its status", () => {
    fc.assert(
      fc.property(fc.nat(), (n) => {
        const { level, message, fields } = testLine(n);
        expect(testLine(n).message).toBe(message);
        const status = fields["http.response.status_code"] as number;
        expect(message).toContain(` ${status} in `);
        expect(level).toBe(status === 200 ? "info" : status === 404 ? "warn" : "error");
        expect(fields.error instanceof Error).toBe(status >= 500);
      }),
    );
  });

  it("has lines of every level among the first hundred", () => {
    expect(new Set(Array.from({ length: 100 }, (_, n) => testLine(n).level))).toEqual(
      new Set(["info", "warn", "error"]),
    );
  });
});
