import { functionError } from "../../../local/lambda/function-error";

describe("functionError", () => {
  it("returns the message of an invocation that has failed", () => {
    expect(functionError('ERROR {"errorType":"DeliveryError","errorMessage":"403: denied"}')).toBe("403: denied");
  });

  it.each([
    ["a report", '{"level":"INFO","errorMessage":"no"}'],
    ["a problem of the mapping", "ERROR the stream cannot be read"],
    ["JSON that is cut off", 'ERROR {"errorMessage":"4'],
    ["a message that is no text", 'ERROR {"errorMessage":{"a":1}}'],
    ["an error within a line", 'log: ERROR {"errorMessage":"no"}'],
  ])("takes %s for none", (_, line) => expect(functionError(line)).toBeUndefined());
});
