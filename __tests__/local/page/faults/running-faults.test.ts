import { type FaultDefinition, nothingToHeal, type PageFaultTargets } from "../../../../local/page/faults/fault";
import { RunningFaults } from "../../../../local/page/faults/running-faults";
import { FAULT_SECONDS } from "../../../../local/page/shared/faults";

const text = { title: "", site: "function", does: "", expect: "" } as const;

/** Faults that write down what happens to them. */
function prepare({ hasEngine = true } = {}) {
  const done: string[] = [];
  const failing = new Set<string>();
  const step = async (name: string) => {
    await new Promise(setImmediate);
    if (failing.has(name)) throw new Error(`${name} failed`);
    done.push(name);
  };
  const fault = (id: string): FaultDefinition => ({
    ...{ ...text, id },
    async begin(_, strike) {
      await step(`begin ${id}`);
      strike();
      return () => step(`heal ${id}`);
    },
  });
  const line: FaultDefinition = { ...text, id: "line", begin: async () => nothingToHeal };
  const faults = [fault("a"), { ...fault("b"), needsOwnEngine: true }, line];
  const network = hasEngine ? { engine: {} } : {};
  const running = new RunningFaults(faults, { network } as PageFaultTargets);
  const shown = (id: string) => running.shown.find((one) => one.id === id)!;
  return { running, faults: { a: faults[0]!, b: faults[1]!, line }, shown, done, failing };
}

describe("RunningFaults", () => {
  it("begins a fault once, counts its strikes, and heals it once", async () => {
    const { running, faults, shown, done } = prepare();
    await Promise.all([running.begin(faults.a), running.begin(faults.a)]);
    expect(shown("a")).toMatchObject({ status: "on", strikes: 1 });
    expect(running.areOn).toBe(true);
    await Promise.all([running.heal("a"), running.heal("a")]);
    expect(shown("a").status).toBe("off");
    expect(running.areOn).toBe(false);
    expect(done).toEqual(["begin a", "heal a"]);
  });

  it("heals a fault that is still beginning", async () => {
    const { running, faults, done } = prepare();
    const begun = running.begin(faults.a);
    await running.heal("a");
    await begun;
    expect(done).toEqual(["begin a", "heal a"]);
  });

  it("is off again at once when there is nothing to heal", async () => {
    const { running, faults, shown } = prepare();
    await running.begin(faults.line);
    expect([shown("line").status, running.areOn]).toEqual(["off", false]);
  });

  it("says why a fault cannot begin, until it can", async () => {
    const { running, faults, shown, failing } = prepare();
    failing.add("begin a");
    await expect(running.begin(faults.a)).rejects.toThrow("begin a failed");
    expect(shown("a")).toMatchObject({ status: "off", error: "begin a failed" });
    failing.clear();
    await running.begin(faults.a);
    expect(shown("a")).toMatchObject({ status: "on" });
    expect(shown("a")).not.toHaveProperty("error");
  });

  it("heals all others, and stays on, where one cannot be healed", async () => {
    const { running, faults, shown, failing } = prepare();
    await running.begin(faults.a);
    await running.begin(faults.b);
    failing.add("heal a");
    await expect(running.healAll()).rejects.toThrow("heal a failed");
    expect([shown("a").status, shown("b").status]).toEqual(["on", "off"]);
    failing.clear();
    await running.healAll();
    expect(running.areOn).toBe(false);
  });

  it("has no fault of an engine that is the user's", () => {
    const { running, faults, shown } = prepare({ hasEngine: false });
    expect([shown("a").status, shown("b").status]).toEqual(["off", "unavailable"]);
    expect([running.isAvailable(faults.a), running.isAvailable(faults.b)]).toEqual([true, false]);
  });

  it("ends a fault that nobody heals", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate"] });
    const { running, faults, done } = prepare();
    await running.begin(faults.a);
    jest.advanceTimersByTime(FAULT_SECONDS * 1000 - 1);
    await new Promise(setImmediate);
    expect(running.areOn).toBe(true);
    jest.advanceTimersByTime(1);
    jest.useRealTimers();
    await running.begin(faults.line);
    expect(done).toEqual(["begin a", "heal a"]);
  });
});
