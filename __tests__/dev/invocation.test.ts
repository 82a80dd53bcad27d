import { invocationIn } from "../../dev/invocation";

describe("the first invocation in a function's log", () => {
  it("is undefined until one has ended", () => {
    expect(invocationIn([])).toBeUndefined();
    expect(invocationIn(["batch of 3", "{ not JSON"])).toBeUndefined();
  });

  it("has the report without CloudWatch's metadata and without zeros", () => {
    const report = { _aws: { Timestamp: 1 }, Records: 1, Events: 8, RejectedEvents: 0, failures: { "search: 429": 2 } };
    expect(invocationIn([JSON.stringify(report), "ERROR later"])).toEqual({
      text: '{"Records":1,"Events":8,"failures":{"search: 429":2}}',
      details: [],
      isRetried: false,
    });
  });

  it("is retried if it has unprocessed records", () => {
    const report = { Records: 5, UnprocessedRecords: 5, error: "Error: boom" };
    expect(invocationIn([JSON.stringify(report)])).toMatchObject({ isRetried: true });
    expect(invocationIn([JSON.stringify({ ...report, UnprocessedRecords: 0 })])).toMatchObject({ isRetried: false });
  });

  it("keeps the function's output before its report, harmless to a terminal", () => {
    const { details } = invocationIn(["one\u001b[2J", "two", '{"Records":1}'])!;
    expect(details).toEqual(["one", "two"]);
  });

  it("does not end by a warning, such as metrics that could not be put", () => {
    expect(invocationIn(["WARN 2 metrics of app cannot be put into CloudWatch: Error: no"])).toBeUndefined();
  });

  it("has the type, message and stack of an error", () => {
    const payload = { errorType: "TypeError", errorMessage: "no\nfunction", trace: ["TypeError: no", "    at a.js:1"] };
    expect(invocationIn(["before", `ERROR ${JSON.stringify(payload)}`])).toEqual({
      text: "TypeError: no function",
      details: ["before", "    at a.js:1"],
      isRetried: true,
    });
  });

  it("has no frames of Node.js, which loads the function", () => {
    const frames = ["at Object.<anonymous> (index.js:15:2)", "at node:internal/main/run_main_module:23:47"];
    const loader = "at Module._compile (node:internal/modules/cjs/loader:1554:14)";
    const trace = ["TypeError: no", ...[frames[0]!, loader, frames[1]!].map((frame) => `    ${frame}`)];
    const payload = { errorType: "TypeError", errorMessage: "no", trace };
    expect(invocationIn([`ERROR ${JSON.stringify(payload)}`])!.details).toEqual([`    ${frames[0]}`]);
  });

  it("has a timeout, which has no stack, and an error of the event source mapping", () => {
    const payload = { errorType: "Sandbox.Timedout", errorMessage: "Task timed out after 3.00 seconds" };
    expect(invocationIn([`ERROR ${JSON.stringify(payload)}`])).toEqual({
      text: "Sandbox.Timedout: Task timed out after 3.00 seconds",
      details: [],
      isRetried: true,
    });
    expect(invocationIn(["ERROR its stream is gone"])).toEqual({
      text: "its stream is gone",
      details: [],
      isRetried: true,
    });
  });
});
