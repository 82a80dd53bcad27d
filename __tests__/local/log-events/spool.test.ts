import { readableInput } from "../../../local/log-events/inputs";
import { logLines } from "../../../local/log-events/scan";
import { Spool } from "../../../local/log-events/spool";
import { endEverything } from "../../../tools/processes/reaper";
import { collect } from "../../support/log-events";

afterAll(endEverything);

async function* once(...chunks: string[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

describe("Spool", () => {
  it("copies inputs that can be read only once, so that they can be read again", async () => {
    const spool = new Spool(() => {});
    const stdin = { ...(await readableInput({ file: "-", logGroup: "foo" })), open: () => once("one\nt", "wo\n") };
    const kept = await spool.keep(stdin);
    expect(kept).toMatchObject({ name: "standard input", logStream: "stdin", isStream: false });
    for (let n = 0; n < 2; n++) {
      const lines = await collect(logLines(kept, { skipInvalidLines: false }));
      expect(lines.map(({ message }) => message)).toEqual(["one", "two"]);
    }
  });

  it("reports an input that cannot be read", async () => {
    const open = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from("one");
      throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    };
    const stdin = { ...(await readableInput({ file: "-", logGroup: "foo" })), open };
    await expect(new Spool(() => {}).keep(stdin)).rejects.toThrow("--file - cannot be read: EIO: i/o error, read");
  });

  it("does not copy inputs that can be read again", async () => {
    const file = await readableInput({ file: __filename, logGroup: "foo" });
    expect(await new Spool(() => {}).keep(file)).toBe(file);
  });
});
