import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { deliverWhileKilled, type KillsOptions } from "../../soak/access-logs/kills";

/** `npm run nightly`: the function's timeout and the queue's visibility timeout in the proportion that AWS advises. */
const SIZE: Omit<KillsOptions, "name" | "kills" | "maxReceiveCount" | "seed"> = process.env.NIGHTLY
  ? { timeoutSeconds: 10, visibilitySeconds: 60, objects: 12, lines: 20_000, answerMs: 25 }
  : { timeoutSeconds: 4, visibilitySeconds: 4, objects: 1, lines: 8_000, answerMs: 5 };
const KILLS = process.env.NIGHTLY ? 20 : 2;
/** Far above the kills: on a busy machine an invocation may also end before it has settled a line. */
const NEVER = 1_000;

jest.setTimeout(process.env.NIGHTLY ? 1_800_000 : 240_000);

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
}, 300_000);

afterAll(() => emulator.stop());

describe("the function access-logs, killed at random", () => {
  it("delivers each line once", async () => {
    const options = { ...SIZE, name: "killed", kills: KILLS, maxReceiveCount: NEVER, seed: 1 };
    const { verdict, invocations, redriven } = await deliverWhileKilled(emulator, options);

    expect(verdict.examples).toEqual([]);
    expect(verdict.rows[0]).toMatchObject({ put: expect.any(Number), duplicated: 0, lost: 0 });
    expect(verdict.rows[0]!.put).toBeGreaterThanOrEqual(SIZE.objects * SIZE.lines);
    expect(invocations.get("Runtime.ExitError")).toBeGreaterThanOrEqual(KILLS);
    expect(redriven).toBe(0);
  });

  it("delivers each line once when what was killed too often is redriven from the dead-letter queue", async () => {
    const options = { ...SIZE, name: "dead-lettered", kills: KILLS, maxReceiveCount: 1, seed: 2 };
    const { verdict, invocations, redriven } = await deliverWhileKilled(emulator, options);

    expect(invocations.get("Runtime.ExitError")).toBeGreaterThanOrEqual(KILLS);
    expect(redriven).toBeGreaterThan(0);
    expect(verdict.examples).toEqual([]);
    expect(verdict.rows[0]).toMatchObject({ duplicated: 0, lost: 0 });
    expect(verdict.rows[0]!.put).toBeGreaterThanOrEqual(SIZE.objects * SIZE.lines);
  });
});
