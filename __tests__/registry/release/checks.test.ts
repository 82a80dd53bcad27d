import { type ReleaseOutcome, ScratchRepository } from "./repository";

let repository: ScratchRepository;

beforeEach(() => {
  repository = new ScratchRepository({ "source/main.tf": "# emitted\n" });
});

afterEach(() => repository.remove());

/** The validation errors of a release that is rejected before it writes anything. */
function errorsOf(...args: string[]): readonly string[] {
  const before = repository.refs();
  const { status, stderr }: ReleaseOutcome = repository.release(...args);
  expect(status).toBe(2);
  expect(repository.refs()).toBe(before);
  return stderr.trim().split("\n").slice(1);
}

describe("npm run release rejects", () => {
  it("a release with several validation errors, and lists them together", () => {
    repository.write({ "new.txt": "", "CHANGELOG.md": "## Unreleased\n- Alarms.\n" });
    repository.git("branch", "module");
    expect(errorsOf("1.1.0", "--push")).toEqual([
      "- package.json has version 1.0.0. Run: npm version --no-git-tag-version 1.1.0",
      '- CHANGELOG.md has no text below a heading "## 1.1.0 - YYYY-MM-DD".',
      "- The working tree is not clean. Commit or remove:",
      "   M CHANGELOG.md",
      "  ?? new.txt",
      `- Branch module is at ${repository.git("rev-parse", "HEAD")}, although nothing was released.`,
      "- There is no remote origin to push to.",
    ]);
  });

  it.each(["1.2", "v1.2.3", "01.2.3", "1.2.3-rc.1", "1.2.3+build", ""])("%j, which is not a version", (version) => {
    expect(errorsOf(version)).toEqual([
      `- ${JSON.stringify(version)} is not a version. Allowed: X.Y.Z, such as 1.4.0.`,
    ]);
  });

  it.each(["1.10.0", "1.9.0", "0.11.0"])("%s after 1.10.0", (version) => {
    repository.git("tag", "v1.9.9");
    repository.git("tag", "v1.10.0");
    repository.declare(version);
    expect(errorsOf(version)).toEqual([`- ${version} is not above the last release, 1.10.0.`]);
  });

  it("a version whose section in the changelog is empty", () => {
    repository.declare("1.0.1", "");
    expect(errorsOf("1.0.1")).toEqual(['- CHANGELOG.md has no text below a heading "## 1.0.1 - YYYY-MM-DD".']);
  });

  it("a branch with commits that are not releases", () => {
    repository.release("1.0.0");
    repository.git("branch", "--force", "module", "main");
    repository.declare("1.0.1");
    expect(errorsOf("1.0.1")).toEqual([
      `- Branch module is at ${repository.git("rev-parse", "module")}, not at v1.0.0.`,
    ]);
  });

  it("options that contradict each other, unknown options and a missing version", () => {
    expect(repository.release("1.0.0", "--dry-run", "--push").status).toBe(2);
    expect(repository.release("1.0.0", "--dry-run", "--bundle=x").status).toBe(2);
    expect(repository.release("1.0.0", "--force").status).toBe(2);
    expect(repository.release().status).toBe(2);
  });
});
