import { Command, CommanderError, Option } from "commander";
import { ProcessError } from "../../tools/processes/process";
import { checkRelease, REMOTE, UsageError } from "./checks";
import { git } from "./git";
import { prepareRelease } from "./release";
import { BRANCH, tagOf } from "./releases";

const EXIT_CODE = { released: 0, failed: 1, usage: 2 } as const;

function release(version: string, { dryRun = false, push = false }): void {
  process.chdir(git(["rev-parse", "--show-toplevel"]));
  checkRelease(version, push);
  const tag = tagOf(version);
  const { commit, writeRefs } = prepareRelease(version);
  console.log(`${git(["show", "--stat=120", "--format=", commit])}\n\n${tag} is commit ${commit}.`);
  if (dryRun) {
    console.log("Dry run: no branch and no tag was written.");
    return;
  }
  writeRefs();
  const pushing = ["push", "--atomic", REMOTE, `refs/heads/${BRANCH}`, `refs/tags/${tag}`];
  console.log(`The tag and branch ${BRANCH} are written.${push ? "" : ` To publish them: git ${pushing.join(" ")}`}`);
  if (push) {
    git(pushing);
    console.log(`They are pushed to ${REMOTE}.`);
  }
}

const command = new Command("npm run release --")
  .description("Builds the registry module, commits it to a branch of its own and tags it.")
  .argument("<version>", "X.Y.Z, above the last release")
  .addOption(new Option("--dry-run", "check and build, but write no branch and no tag").conflicts("push"))
  .option("--push", `push branch and tag to ${REMOTE}`)
  .action(release)
  .exitOverride();

try {
  command.parse();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`Nothing was released:\n${error.message}`);
    process.exitCode = EXIT_CODE.usage;
  } else if (error instanceof ProcessError) {
    console.error(error.message);
    process.exitCode = EXIT_CODE.failed;
  } else if (error instanceof CommanderError) {
    // Commander has printed the error, or the help.
    process.exitCode = error.exitCode === 0 ? EXIT_CODE.released : EXIT_CODE.usage;
  } else {
    throw error;
  }
}
