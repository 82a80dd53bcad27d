import { failureReason } from "../../../core/http/failure-reason";

describe("failureReason", () => {
  it("returns the error's message", () => {
    expect(failureReason(new Error("other side closed"))).toBe("other side closed");
  });

  it("returns the code where the message is empty, as when each address of a host refuses the connection", () => {
    expect(failureReason(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED");
  });
});
