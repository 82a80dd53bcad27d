import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "../../tools/repository";

/** A block of docs/operations.md. */
export interface OperationsBlock {
  readonly section: string;
  /** `sh`: commands; `hcl`: what to set before them. */
  readonly language: "sh" | "hcl";
  readonly text: string;
  /** What the page says that it prints, if anything. */
  readonly printed: string | undefined;
  /** Whether it needs what the emulator does not have. */
  readonly isAwsOnly: boolean;
  readonly needsAwsCli2: boolean;
}

const PAGE = readFileSync(join(repositoryRoot, "docs/operations.md"), "utf8");
const PRELUDE = "Before you begin";

/** Reads the page's commands and settings, in their order. */
export function documentedOperations(page = PAGE): OperationsBlock[] {
  return [...page.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)].flatMap(([, section, content]) =>
    [...content!.matchAll(/^```(sh|hcl)\n([\s\S]+?)^```$(?:\n\n^```\n([\s\S]+?)^```$)?/gm)].map(
      ([, language, text, printed]) => ({
        section: section!,
        language: language as OperationsBlock["language"],
        text: text!,
        printed,
        isAwsOnly: text!.startsWith("# AWS only"),
        needsAwsCli2: text!.startsWith("# Needs version 2 of the AWS CLI"),
      }),
    ),
  );
}

/** Those that run on this machine, without what each of them needs before it. */
export const localOperations = (): OperationsBlock[] =>
  documentedOperations().filter(({ section, isAwsOnly }) => section !== PRELUDE && !isAwsOnly);

/**
 * Runs a block as a person does who follows the page on this machine.
 *
 * @param directory the working directory of a running pipeline
 * @returns what it prints; "" for settings, which the next apply takes
 * @throws Error with what was printed, unless the commands succeed
 */
export async function runOperation({ language, text }: OperationsBlock, directory: string): Promise<string> {
  if (language === "hcl") {
    const [, stack = "logging-pipeline"] = /^# Of the stack (\S+)/.exec(text) ?? [];
    for (const [setting, name] of text.matchAll(/^([a-z_]+) += .*\n(?:[ }].*\n)*/gm)) {
      await writeFile(join(directory, "stacks", stack, `${name}.auto.tfvars`), setting);
    }
    return "";
  }
  const prelude = documentedOperations()
    .filter(({ section, isAwsOnly }) => section === PRELUDE && !isAwsOnly)
    .map((block) => block.text.replaceAll(".local/logging-pipeline-a1b2c3", directory));
  const script = [
    "exec 2>&1",
    ...prelude,
    'export TF_CLI_ARGS_apply="-auto-approve -no-color" TF_CLI_ARGS_plan=-no-color npm_config_loglevel=silent',
    text,
  ].join("\n");
  const args = ["--norc", "-e", "-o", "pipefail", "-c", script];
  const options = { cwd: repositoryRoot, maxBuffer: 2 ** 28 };
  return promisify(execFile)("bash", args, options).then(
    ({ stdout }) => stdout,
    ({ code, stdout }) => {
      throw new Error(`exit code ${code}: ${stdout}`);
    },
  );
}

/** A pattern of what the page says: `…` stands for anything, a number for any other, and spaces for any others. */
export function documentedPattern(printed: string): RegExp {
  const parts = comparableOutput(printed)
    .split("…")
    .map((part) => part.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}

/** A text as documentedPattern compares it. */
export const comparableOutput = (text: string): string => text.replaceAll(/\d+/g, "0").replaceAll(/\s+/g, " ").trim();
