import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ScratchRepository } from "./repository";

const source = { "source/main.tf": "# emitted\n", "source/modules/log-archive/main.tf": "# the bucket\n" };
let repository: ScratchRepository;

beforeEach(() => {
  repository = new ScratchRepository(source);
});

afterEach(() => repository.remove());

const filesAt = (revision: string): string => repository.git("ls-tree", "-r", "--name-only", revision);

describe("npm run release", () => {
  it("tags a commit that holds the module alone, and changes neither sources nor index nor the current branch", () => {
    const head = repository.git("rev-parse", "HEAD");
    const { status, stdout } = repository.release("1.0.0");
    expect(status).toBe(0);
    expect(filesAt("v1.0.0")).toBe("main.tf\nmodules/log-archive/main.tf");
    expect(repository.git("rev-parse", "module")).toBe(repository.git("rev-parse", "v1.0.0^{commit}"));
    expect(repository.git("rev-parse", "HEAD")).toBe(head);
    expect(repository.git("symbolic-ref", "HEAD")).toBe("refs/heads/main");
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(repository.git("log", "-1", "--format=%B", "v1.0.0")).toBe(`v1.0.0\n\nBuilt-from: ${head}`);
    expect(stdout).toContain("git push --atomic origin refs/heads/module refs/tags/v1.0.0");
  });

  it("commits each release after the last one, and the first one without a parent", () => {
    repository.release("1.0.0");
    repository.write({ "source/main.tf": "# emitted better\n", "source/outputs.tf": "" });
    repository.declare("1.0.1");
    expect(repository.release("1.0.1").stdout).toMatch(/main\.tf .*\n.*outputs\.tf/);
    expect(repository.git("log", "--format=%s", "module")).toBe("v1.0.1\nv1.0.0");
    expect(filesAt("v1.0.1")).toBe("main.tf\nmodules/log-archive/main.tf\noutputs.tf");
  });

  it("continues in a clone that has the tags but not the branch", () => {
    repository.release("1.0.0");
    repository.git("branch", "--delete", "--force", "module");
    repository.declare("1.1.0");
    expect(repository.release("1.1.0").status).toBe(0);
    expect(repository.git("rev-parse", "module^")).toBe(repository.git("rev-parse", "v1.0.0^{commit}"));
  });

  it("writes the version's section of the changelog into the tag", () => {
    repository.declare("1.2.0", "### Added\n- Alarms.");
    repository.release("1.2.0");
    expect(repository.git("for-each-ref", "--format=%(contents)", "refs/tags/v1.2.0")).toBe(
      "v1.2.0\n\n### Added\n- Alarms.",
    );
  });

  it("writes the same commit and tag for the same sources", () => {
    repository.release("1.0.0");
    const first = repository.refs();
    repository.git("branch", "--delete", "--force", "module");
    repository.git("tag", "--delete", "v1.0.0");
    repository.release("1.0.0");
    expect(repository.refs()).toBe(first);
  });

  it("commits the files byte for byte and with one mode, even if git ignores or converts such files", () => {
    repository.write({
      "source/.gitignore": "*.zip\n",
      "source/forwarder.zip": "PK\r\n\u0000",
      "source/odd name ä.tf": "\r\n",
    });
    repository.git("add", "--force", "source/forwarder.zip");
    chmodSync(join(repository.path, "source/main.tf"), 0o755);
    repository.declare("1.0.1");
    repository.git("config", "core.autocrlf", "input");
    const { status, stdout } = repository.release("1.0.1");
    expect(status).toBe(0);
    const hash = createHash("sha256").update("PK\r\n\u0000").digest("hex");
    expect(stdout).toContain(`forwarder.zip: SHA-256 ${hash}\n`);
    expect(repository.git("cat-file", "-s", "v1.0.1:forwarder.zip")).toBe("5");
    expect(repository.git("cat-file", "-s", "v1.0.1:odd name ä.tf")).toBe("2");
    expect(repository.git("ls-tree", "-r", "--format=%(objectmode)", "v1.0.1")).toMatch(/^(100644\n?)+$/);
  });

  it("builds the commit, without ignored files of the working tree", () => {
    repository.write({ ".gitignore": "dist/\n*.tfstate\n", "source/terraform.tfstate": "secret", "dist/old.tf": "" });
    repository.declare("1.0.1");
    expect(repository.release("1.0.1").status).toBe(0);
    expect(filesAt("v1.0.1")).toBe("main.tf\nmodules/log-archive/main.tf");
  });

  it("runs no hook of the repository", () => {
    const hook = join(repository.path, ".git/hooks/post-checkout");
    writeFileSync(hook, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    expect(repository.release("1.0.0").status).toBe(0);
  });

  it("writes no branch and no tag in a dry run, and shows the release", () => {
    const before = repository.refs();
    const { status, stdout } = repository.release("1.0.0", "--dry-run");
    expect(status).toBe(0);
    expect(repository.refs()).toBe(before);
    expect(stdout).toMatch(
      /main\.tf \| 1 \+\n[\s\S]*v1\.0\.0 is commit [0-9a-f]{40}\.\nDry run: no branch and no tag was written/,
    );
  });

  it("fails with exit code 1 when the module cannot be built, and leaves no tag, branch or worktree", () => {
    repository.git("rm", "--quiet", "-r", "source");
    repository.declare("1.0.1");
    const before = repository.refs();
    const { status, stderr } = repository.release("1.0.1");
    expect(status).toBe(1);
    expect(stderr).toContain("npm run module: exit status 1");
    expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
    expect(repository.refs()).toBe(before);
  });
});

describe("npm run release -- --push", () => {
  let remote: string;

  beforeEach(() => {
    remote = mkdtempSync(join(tmpdir(), "remote-"));
    repository.git("init", "--quiet", "--bare", remote);
    repository.git("remote", "add", "origin", remote);
  });

  afterEach(() => rmSync(remote, { recursive: true }));

  const refsOfRemote = (): string => repository.git("-C", remote, "for-each-ref", "--format=%(refname)");

  it("pushes the module's branch and the tag, and nothing else", () => {
    expect(repository.release("1.0.0", "--push").status).toBe(0);
    expect(refsOfRemote()).toBe("refs/heads/module\nrefs/tags/v1.0.0");
  });

  it("pushes nothing without --push", () => {
    repository.release("1.0.0");
    expect(refsOfRemote()).toBe("");
  });

  it("writes a bundle, from which a machine without the packages pushes the same", () => {
    const bundle = join(remote, "release.bundle");
    expect(repository.release("1.0.0", `--bundle=${bundle}`).status).toBe(0);
    const released = repository.git("for-each-ref", "--format=%(objectname)", "refs/tags/v1.0.0");
    const clone = join(remote, "clone");
    repository.git("clone", "--quiet", "--no-tags", "--single-branch", "--branch", "main", ".", clone);
    repository.git("-C", clone, "remote", "set-url", "origin", remote);
    // As the workflow's job with write permission does.
    repository.git("-C", clone, "fetch", "--quiet", "--no-tags", bundle, "refs/tags/v1.0.0");
    const refs = [`${released}^{commit}:refs/heads/module`, `${released}:refs/tags/v1.0.0`];
    repository.git("-C", clone, "push", "--quiet", "--atomic", "origin", ...refs);
    expect(refsOfRemote()).toBe("refs/heads/module\nrefs/tags/v1.0.0");
    expect(repository.git("-C", remote, "rev-parse", "v1.0.0", "module")).toBe(
      repository.git("rev-parse", "v1.0.0", "module"),
    );
  });

  it("pushes neither when the remote rejects one, and prints the command that pushes again", () => {
    repository.git("push", "--quiet", "origin", "main:module");
    const { status, stdout, stderr } = repository.release("1.0.0", "--push");
    expect(status).toBe(1);
    expect(stderr).toContain("git push --atomic origin refs/heads/module refs/tags/v1.0.0");
    expect(stdout).toContain("The tag and branch module are written.");
    expect(refsOfRemote()).toBe("refs/heads/module");
  });
});
