import { retryAfterMs } from "../../../core/http/retry-after";

const NOW = Date.parse("2026-11-21T03:00:00Z");

describe("retryAfterMs", () => {
  it.each([
    ["0", 0],
    ["2", 2000],
    ["86400", 86_400_000],
    ["Sat, 21 Nov 2026 03:00:05 GMT", 5000],
  ])("reads the wait from %j", (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  it.each([undefined, "", "soon", "-1", "1.5", "Sat, 21 Nov 2026 02:00:00 GMT"])("returns 0 for %j", (header) => {
    expect(retryAfterMs(header, NOW)).toBe(0);
  });
});
