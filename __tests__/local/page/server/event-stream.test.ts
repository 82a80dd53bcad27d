import type { ServerResponse } from "node:http";
import { EventStream } from "../../../../local/page/server/event-stream";

/** A page that reads what it is sent. */
function openedBy(stream: EventStream): string[] {
  const written: string[] = [];
  const response = { writeHead() {}, on() {}, end() {}, write: (text: string) => written.push(text) };
  stream.add(response as unknown as ServerResponse);
  return written;
}

describe("EventStream", () => {
  afterEach(() => jest.useRealTimers());

  it("lets a page hear every 5 seconds that it lives, whatever is shown", () => {
    jest.useFakeTimers();
    const stream = new EventStream();
    const written = openedBy(stream);
    const before = written.length;
    jest.advanceTimersByTime(15_000);
    expect(written.slice(before)).toEqual(Array(3).fill("event: heartbeat\ndata: null\n\n"));
    stream.end();
    jest.advanceTimersByTime(15_000);
    expect(written.length).toBe(before + 3);
  });
});
