import { ProcessError, run, startProcess, startService } from "../../../tools/processes/process";
import { runs } from "./runs";

const env = { PATH: process.env.PATH };

describe("run", () => {
  it("returns the command's output", async () => {
    await expect(run("sh", ["-c", "echo one; echo two >&2"], { env })).resolves.toMatch(/one\ntwo|two\none/);
  });

  it("passes only the given environment", async () => {
    const output = await run("/usr/bin/env", [], { env: { ONLY: "this" } });
    expect(output).toBe("ONLY=this");
  });

  it("reports the command that failed, how, and its last lines", async () => {
    const failure = run("sh", ["-c", "seq 100; exit 3"], { env });
    await expect(failure).rejects.toThrow(ProcessError);
    await expect(failure).rejects.toThrow(/^sh -c seq 100; exit 3: exit status 3\n61\n62\n(?:\d+\n)+100$/);
  });

  it("ends a command that takes too long, and what it started", async () => {
    let grandchild = 0;
    const failure = run("sh", ["-c", "sleep 600 & echo $!; wait"], {
      env,
      timeoutSeconds: 0.3,
      onLine: (pid) => {
        grandchild = Number(pid);
      },
    });
    await expect(failure).rejects.toThrow(/: not finished after 0\.3 seconds\n\d+$/);
    expect(runs(grandchild)).toBe(false);
  });

  it("names a command that does not exist", async () => {
    await expect(run("no-such-command", [], { env })).rejects.toThrow(/^no-such-command: .*ENOENT/);
  });
});

describe("startProcess", () => {
  it("kills the children of a process, too", async () => {
    let announce: (pid: number) => void;
    const grandchild = new Promise<number>((resolve) => {
      announce = resolve;
    });
    const running = startProcess("sh", ["-c", "sleep 600 & echo $!; wait"], {
      env,
      onLine: (line) => announce(Number(line)),
    });
    const pid = await grandchild;
    expect(runs(pid)).toBe(true);

    await running.stop();

    await expect(running.ended).resolves.toBe("signal SIGKILL");
    expect(runs(pid)).toBe(false);
  });

  it("kills the processes that a process leaves running", async () => {
    const output = await run("sh", ["-c", "sleep 600 & echo $!"], { env });
    expect(runs(Number(output))).toBe(false);
  });
});

describe("startService", () => {
  it("waits for the line that says it is ready", async () => {
    const options = { env, ready: /port (\d+)/, timeoutSeconds: 100 };
    const service = await startService("sh", ["-c", "echo starting; echo port 42; sleep 600"], options);
    expect(service.match[1]).toBe("42");
    await service.process.stop();
  });

  it("fails with the last lines when it ends before it is ready", async () => {
    const service = startService("sh", ["-c", "echo no memory; exit 1"], { env, ready: /up/, timeoutSeconds: 100 });
    await expect(service).rejects.toThrow("sh: exit status 1\nno memory");
  });

  it("fails and ends it when it is not ready in time", async () => {
    let pid = 0;
    const onLine = (line: string) => {
      pid = Number(line);
    };
    const options = { env, ready: /up/, timeoutSeconds: 0.3, onLine };
    const service = startService("sh", ["-c", "echo $$; sleep 600"], options);
    await expect(service).rejects.toThrow(/^sh: not ready after 0.3 seconds\n\d+$/);
    expect(runs(pid)).toBe(false);
  });
});
