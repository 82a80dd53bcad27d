import { Examples } from "../../../local/log-events/examples";

const lines = (logGroup: string, ...messages: string[]) =>
  messages.map((message) => ({ logGroup, logStream: "s", timestamp: 1, message }));

describe("Examples", () => {
  it("has the first event of each log group, with its id", () => {
    const examples = new Examples();
    examples.add(lines("foo", "one", "two"), (n) => `foo-${n}`);
    examples.add(lines("bar", "three"), (n) => `bar-${n}`);
    examples.add(lines("foo", "four"), () => "later");
    expect(examples.events).toMatchObject([
      { logGroup: "foo", id: "foo-0", message: "one" },
      { logGroup: "bar", id: "bar-0", message: "three" },
    ]);
  });

  it("prefers lines to headers, even if they come later", () => {
    const examples = new Examples();
    examples.add(lines("foo", "#Version: 1.0"), () => "header");
    examples.add(lines("foo", "#Fields: date"), () => "another");
    expect(examples.events).toMatchObject([{ id: "header" }]);
    examples.add(lines("foo", "#Fields: date", "text"), (n) => String(n));
    expect(examples.events).toMatchObject([{ id: "1", message: "text" }]);
  });
});
