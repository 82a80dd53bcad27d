import { messageName } from "../../../soak/audit/names";

describe("messageName", () => {
  it("is the message itself, if it is short", () => {
    expect(messageName("a".repeat(400))).toBe("a".repeat(400));
  });

  it("is short for a long message, and another one for each", () => {
    const long = "x".repeat(100_000);
    const names = [long, `${long}x`, `${long.slice(0, -1)}y`].map(messageName);
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name.length).toBeLessThan(200);
  });
});
