import { eventBytes } from "../../tools/put-log-events";

describe("eventBytes", () => {
  it("counts UTF-8 and 26 bytes an event", () => {
    expect(eventBytes("größe 🐈")).toBe(Buffer.byteLength("größe 🐈") + 26);
    expect(eventBytes("größe 🐈")).toBe(38);
  });
});
