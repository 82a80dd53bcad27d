import { Command, CommanderError, Option } from "commander";
import { BRANCH, REMOTE } from "./branch";
import { BuildError } from "./build";
import { GitError, gitIn } from "./git";
import { MistakesError, refuseMistakes } from "./mistakes";
import { prepareRelease } from "./release";
import { tagOf } from "./version";

const EXIT = { released: 0, failed: 1, mistakes: 2 } as const;

function release(version: string, { dryRun = false, push = false }): void {
  const root = gitIn(process.cwd())(["rev-parse", "--show-toplevel"]);
  const git = gitIn(root);
  refuseMistakes(git, root, version, push);
  const tag = tagOf(version);
  const { commit, changes, writeRefs } = prepareRelease(git, root, version);
  console.log(`${changes}\n\n${tag} is commit ${commit}.`);
  if (dryRun) {
    console.log("No branch and no tag was written.");
    return;
  }
  writeRefs();
  const pushing = ["push", "--atomic", REMOTE, `refs/heads/${BRANCH}`, `refs/tags/${tag}`];
  console.log(`It is tagged, and branch ${BRANCH} is at it.${push ? "" : ` To publish it: git ${pushing.join(" ")}`}`);
  if (push) {
    git(pushing);
    console.log(`It is pushed to ${REMOTE}.`);
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
  if (error instanceof MistakesError) {
    console.error(`Nothing was released:\n${error.message}`);
    process.exitCode = EXIT.mistakes;
  } else if (error instanceof GitError || error instanceof BuildError) {
    console.error(error.message);
    process.exitCode = EXIT.failed;
  } else if (error instanceof CommanderError) {
    // Commander has said what is wrong, or printed the help.
    process.exitCode = error.exitCode === 0 ? EXIT.released : EXIT.mistakes;
  } else {
    throw error;
  }
}
