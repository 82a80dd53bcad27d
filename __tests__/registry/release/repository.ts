import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "../../..");

/** Without this machine's git configuration and without that of a git hook that runs the tests; with a name. */
const environment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"))),
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Author",
  GIT_AUTHOR_EMAIL: "author@example.com",
  GIT_COMMITTER_NAME: "Releaser",
  GIT_COMMITTER_EMAIL: "releaser@example.com",
};

/** Stands in for the emitter: copies source/ to dist/module/. */
const scripts = { module: "mkdir -p dist && cp -R source dist/module" };

export interface ReleaseOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository whose `npm run module` emits the files in source/. */
export class ScratchRepository {
  readonly path = mkdtempSync(join(tmpdir(), "scratch-"));

  constructor(files: Readonly<Record<string, string>>) {
    this.git("init", "--quiet", "--initial-branch=main");
    this.write({ ".gitignore": "dist/\n", ...files });
    this.declare("1.0.0");
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), content);
    }
  }

  /** Commits everything, ready to release this version. */
  declare(version: string, changes = `- What ${version} brings.`): void {
    this.write({
      "package.json": JSON.stringify({ version, scripts }),
      "CHANGELOG.md": `# Changelog\n\n## Unreleased\n\n## ${version} - 2026-01-31\n\n${changes}\n\n## 0.0.1 - 2025-01-31\n- Old.\n`,
    });
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", `feat: ${version}`);
  }

  /** @throws Error with git's message when it fails */
  git(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: this.path, env: environment, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  }

  release(...args: string[]): ReleaseOutcome {
    const command = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "registry/release/main.ts"), ...args];
    return spawnSync(process.execPath, command, { cwd: this.path, env: environment, encoding: "utf8" });
  }

  /** Every branch and tag with the object it refers to. */
  refs(): string {
    return this.git("for-each-ref", "--format=%(refname) %(objectname)");
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
