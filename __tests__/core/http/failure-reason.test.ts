import { failureReason } from "../../../core/http/failure-reason";

describe("failureReason", () => {
  it("is the error's message", () => {
    expect(failureReason(new Error("other side closed"))).toBe("other side closed");
  });

  it("is the code where the message is empty, as when several addresses of a host refuse", () => {
    expect(failureReason(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED");
  });
});
