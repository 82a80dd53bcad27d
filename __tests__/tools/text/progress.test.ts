import { Progress } from "../../../tools/text/progress";

describe("Progress", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function prepare(isTTY: boolean, columns?: number, rest = "") {
    const written: string[] = [];
    const write = (text: string) => written.push(text) > 0;
    let n = 0;
    const progress = new Progress({ isTTY, columns, write } as never, () => `so far ${++n} of many${rest}`);
    return { written, progress };
  }

  it("redraws one line of a terminal, even without a change, and clears it in the end", () => {
    const { written, progress } = prepare(true, 80);
    jest.advanceTimersByTime(450);
    progress.end();
    jest.advanceTimersByTime(450);
    expect(written).toEqual(["\r\u001b[Kso far 1 of many", "\r\u001b[Kso far 2 of many", "\r\u001b[K"]);
  });

  it.each([
    [10, "so far 1 "],
    [0, "so far 1 of many"],
  ])("cuts a text that would wrap to a terminal's width, %i", (columns, text) => {
    const { written } = prepare(true, columns);
    jest.advanceTimersByTime(200);
    expect(written).toEqual([`\r\u001b[K${text}`]);
  });

  it.each([
    [35, "so far 1 of many, 10,001 events/s"],
    [34, "so far 1 of many, 10,001 events/s"],
    [33, "so far 1 of many"],
    [18, "so far 1 of many"],
  ])("leaves out whole parts at the end that exceed a terminal's width, %i", (columns, text) => {
    const { written } = prepare(true, columns, ", 10,001 events/s, 2 objects");
    jest.advanceTimersByTime(200);
    expect(written).toEqual([`\r\u001b[K${text}`]);
  });

  it("writes a line every 10 seconds without a terminal", () => {
    const { written, progress } = prepare(false);
    jest.advanceTimersByTime(25_000);
    progress.end();
    jest.advanceTimersByTime(25_000);
    expect(written).toEqual(["so far 1 of many\n", "so far 2 of many\n"]);
  });
});
