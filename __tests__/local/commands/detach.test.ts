import { inBackground } from "../../../local/commands/detach";

describe("inBackground", () => {
  it("names the process, its log, and the command that ends it", () => {
    expect(inBackground(47, "/clone/.local/a b/start.log").split("\n")).toEqual([
      "Running in the background (process 47).",
      "Log: /clone/.local/a b/start.log",
      "End it: npm start -- stop --pid 47",
    ]);
  });
});
