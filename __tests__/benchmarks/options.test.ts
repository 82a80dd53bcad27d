import { minutesOf } from "../../benchmarks/options";

describe("minutesOf", () => {
  it.each([
    ["60", 60],
    ["0.5", 0.5],
  ])("takes %s", (given, expected) => {
    expect(minutesOf(given)).toBe(expected);
  });

  it.each(["0", "-1", "an hour", "", "1441"])("refuses %j and says what it takes", (given) => {
    expect(() => minutesOf(given)).toThrow("a number of minutes, up to 1440");
  });
});
