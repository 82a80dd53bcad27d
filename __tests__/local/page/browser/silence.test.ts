import { Silence } from "../../../../local/page/browser/ui/silence";

describe("Silence", () => {
  let noticed = 0;
  let silence: Silence;
  beforeEach(() => {
    jest.useFakeTimers();
    noticed = 0;
    silence = new Silence(() => noticed++);
  });
  afterEach(() => {
    silence.stop();
    jest.useRealTimers();
  });

  it("is noticed after 15 seconds in which nothing came, and again after as long", () => {
    jest.advanceTimersByTime(14_000);
    silence.heard();
    jest.advanceTimersByTime(14_000);
    expect(noticed).toBe(0);
    jest.advanceTimersByTime(2_000);
    expect(noticed).toBe(1);
    jest.advanceTimersByTime(15_000);
    expect(noticed).toBe(2);
  });

  it("does not begin while this machine sleeps", () => {
    jest.setSystemTime(Date.now() + 8 * 3_600_000);
    jest.advanceTimersByTime(14_000);
    expect(noticed).toBe(0);
    jest.advanceTimersByTime(2_000);
    expect(noticed).toBe(1);
  });
});
