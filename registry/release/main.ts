import { resolve } from "node:path";
import { Option } from "commander";
import { ProcessError } from "../../tools/processes/process";
import { UsageCommand } from "../../tools/usage/usage-command";
import { USAGE_EXIT_CODE, UsageError } from "../../tools/usage/usage-error";
import { checkRelease, REMOTE } from "./checks";
import { git } from "./git";
import { prepareRelease } from "./release";
import { BRANCH, tagOf } from "./releases";
import { zipHashes } from "./zip-hashes";

interface ReleaseOptions {
  dryRun?: boolean;
  push?: boolean;
  /** Relative to the working directory. */
  bundle?: string;
}

function release(version: string, { dryRun = false, push = false, bundle }: ReleaseOptions): void {
  command.errors.throwIfAny();
  const file = bundle === undefined ? undefined : resolve(bundle);
  process.chdir(git(["rev-parse", "--show-toplevel"]));
  checkRelease(version, push);
  const tag = tagOf(version);
  const { commit, writeRefs } = prepareRelease(version);
  console.log(`${git(["show", "--stat=120", "--format=", commit])}\n\n${tag} is commit ${commit}.`);
  for (const [path, hash] of zipHashes(commit)) console.log(`${path}: SHA-256 ${hash}`);
  if (dryRun) {
    console.log("Dry run: no branch and no tag was written.");
    return;
  }
  writeRefs();
  const refs = [`refs/heads/${BRANCH}`, `refs/tags/${tag}`];
  const pushing = ["push", "--atomic", REMOTE, ...refs];
  console.log(`The tag and branch ${BRANCH} are written.${push ? "" : ` To publish them: git ${pushing.join(" ")}`}`);
  if (file !== undefined) {
    git(["bundle", "create", file, ...refs]);
    console.log(`${file} has them.`);
  }
  if (push) {
    git(pushing);
    console.log(`They are pushed to ${REMOTE}.`);
  }
  console.log(
    'The npm packages of this version, the constructs and the commands: docs/releasing.md, "The npm package".',
  );
}

const command = new UsageCommand("npm run release --")
  .description("Builds the registry module, commits it to a branch of its own and tags it.")
  .argument("<version>", "X.Y.Z, above the last release")
  .addOption(new Option("--dry-run", "check and build, but write no branch and no tag").conflicts(["push", "bundle"]))
  .option("--push", `push branch and tag to ${REMOTE}`)
  .option("--bundle <file>", "also write branch and tag to a git bundle, for another machine to push")
  .action(release);

try {
  command.parse();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(error.message);
    process.exitCode = USAGE_EXIT_CODE;
  } else if (error instanceof ProcessError) {
    console.error(error.message);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
