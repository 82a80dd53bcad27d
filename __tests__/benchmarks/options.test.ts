import { minutesOf, roundsOf } from "../../benchmarks/options";

describe("minutesOf", () => {
  it.each([
    ["60", 60],
    ["0.5", 0.5],
  ])("accepts %s", (given, expected) => {
    expect(minutesOf(given)).toBe(expected);
  });

  it.each(["0", "-1", "an hour", "", "1441"])("rejects %j and says what is allowed", (given) => {
    expect(() => minutesOf(given)).toThrow("a number of minutes, up to 1440");
  });
});

describe("roundsOf", () => {
  it.each([
    ["1", 1],
    ["1000", 1000],
  ])("accepts %s", (given, expected) => {
    expect(roundsOf(given)).toBe(expected);
  });

  it.each(["0", "1.5", "1001", "many", ""])("rejects %j and says what is allowed", (given) => {
    expect(() => roundsOf(given)).toThrow("a whole number of rounds, from 1 to 1000");
  });
});
