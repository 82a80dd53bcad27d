import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { explain } from "../../local/explain";
import { InvalidLineError } from "../../local/log-events/scan";
import { PrerequisitesError } from "../../local/start/prerequisites";
import { StepError } from "../../local/start/steps";
import { MachineError } from "../../tools/failures/machine-error";
import { whenProcessFails } from "../../tools/failures/when-process-fails";
import { ProcessError, run } from "../../tools/processes/process";
import { temporaryDirectory } from "../../tools/processes/temporary-directory";
import { UsageError } from "../../tools/usage/usage-error";

const systemError = (code: string, syscall: string, path?: string) =>
  Object.assign(new Error(`${code}: …`), { code, syscall, ...(path !== undefined && { path }) });

describe("explain", () => {
  it("has exit code 2 for usage errors, and 1 for all others", () => {
    expect(explain(new UsageError(["--file x cannot be read"]))).toEqual({
      message: "Nothing was done:\n- --file x cannot be read",
      exitCode: 2,
    });
    expect(explain(new InvalidLineError("line 2"))).toEqual({ message: "line 2", exitCode: 1 });
    expect(explain(new PrerequisitesError("Java is needed"))).toEqual({ message: "Java is needed", exitCode: 1 });
  });

  it("explains the cause of a step's failure", () => {
    const cause = new MachineError("It cannot be fetched.", "Do this.", "one\n\ntwo");
    expect(explain(new StepError("see below", { cause })).message).toBe(
      "It cannot be fetched.\nDo this.\nIts last lines:\n  one\n\n  two",
    );
  });

  it("names the command that failed, and indents its last lines", () => {
    expect(explain(new ProcessError("terraform apply", "exit status 1", "Error: no\nand why")).message).toBe(
      "This command failed (exit status 1): terraform apply\nIts last lines:\n  Error: no\n  and why",
    );
  });

  it.each([
    ["EROFS", "mkdtemp", "/clone/.local cannot be created: the file system is read-only.\nRun it in a copy"],
    ["ENOSPC", "write", "/clone/.local cannot be written: the disk is full.\nFree some space"],
    ["EDQUOT", "open", "/clone/.local cannot be opened: the disk quota is used up."],
    ["ENOTDIR", "mkdir", "/clone/.local cannot be created: a part of this path is a file, not a folder."],
    ["EMFILE", "open", "/clone/.local cannot be opened: too many open files.\nRaise the limit: ulimit"],
  ])("explains %s in %s", (code, syscall, message) => {
    expect(explain(systemError(code, syscall, "/clone/.local")).message).toContain(message);
  });

  it("explains an error without a path", () => {
    expect(explain(systemError("ENOSPC", "write")).message).toBe(
      "The disk is full.\nFree some space, and start again.",
    );
  });

  it("names the owner of a folder that cannot be written, if it is another user's", () => {
    // Only root owns it, and this test's own folders are this user's.
    const uid = process.getuid!();
    const path = uid === 0 ? __filename : "/";
    const { message } = explain(systemError("EACCES", "mkdir", join(path, "new", "folder")));
    expect(message).toContain(uid === 0 ? `Make ${__filename} writable` : "/ belongs to the user with the id 0");
  });

  it("explains a real error for a file in a folder's place", async () => {
    const directory = await temporaryDirectory();
    const file = join(directory.path, ".local");
    await writeFile(file, "");
    const inTheWay = await mkdir(file, { recursive: true }).catch(explain);
    const below = await mkdir(join(file, "below"), { recursive: true }).catch(explain);
    await directory.remove();
    expect(inTheWay).toMatchObject({
      message: expect.stringMatching(/\.local cannot be created: a file of this name is/),
    });
    expect(below).toMatchObject({
      message: expect.stringMatching(/below cannot be created: a part of this path is a file/),
    });
  });

  it.each([
    [
      "Node.js",
      "Error: EACCES: permission denied, open '/it's/dist/f.zip'",
      "/it's/dist/f.zip cannot be opened: permission",
    ],
    [
      "Node.js, of two paths",
      "EROFS: read-only file system, rename '/a' -> '/b'",
      "/a cannot be written: the file system",
    ],
    [
      "Python",
      "PermissionError: [Errno 13] Permission denied: '/clone/x'",
      "/clone/x cannot be written: permission denied",
    ],
    ["the C library", "tar: x: Cannot write: No space left on device", "The disk is full."],
  ])("explains an operating system's error in a command's output, in the words of %s", (_, output, message) => {
    const explained = explain(new ProcessError("node build.ts", "exit status 1", output)).message;
    expect(explained).toContain(`This command failed (exit status 1): node build.ts\n${message}`);
    expect(explained).toContain(`\nIts last lines:\n  ${output}`);
  });

  it("explains that a command may not be run", async () => {
    const error = await run(__filename, [], { env: {} }).catch((thrown) => thrown);
    expect(explain(error).message).toContain(`${__filename} cannot be started: permission denied.`);
  });

  it.each([
    ["a defect of the program", new TypeError("x is not a function")],
    ["a file that the program itself lacks", systemError("ENOENT", "open", "/clone/local/launcher.py")],
    ["a file that already exists", systemError("EEXIST", "open", "/clone/x")],
    [
      "an error of a request",
      Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" }),
    ],
  ])("keeps the stack of %s", (_, error) => {
    expect(explain(error).message).toBe(error.stack);
  });

  it("prints a thrown value that is not an error", () => {
    expect(explain("oops")).toEqual({ message: "oops", exitCode: 1 });
  });

  it("returns nothing that controls a terminal", () => {
    expect(explain(new UsageError(["a\u001b[2J\u202e\n  b"]))).toEqual({
      message: "Nothing was done:\n- a\ufffd\n  b",
      exitCode: 2,
    });
    expect(explain("a\u001b[2J\u009bb")).toEqual({ message: "a\ufffdb", exitCode: 1 });
  });
});

describe("whenProcessFails", () => {
  it("explains a command that failed, and rethrows any other error", () => {
    const handle = whenProcessFails(({ how }) => new MachineError(how, "Do this."));
    expect(() => handle(new ProcessError("mvn", "exit status 1", ""))).toThrow("exit status 1\nDo this.");
    const defect = new TypeError("x is not a function");
    expect(() => handle(defect)).toThrow(defect);
  });
});
