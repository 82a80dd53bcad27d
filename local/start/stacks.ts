import { join } from "node:path";
import type { ApplyProgress } from "../terraform/apply-output";
import { overrideProvider } from "../terraform/override";
import { stackIn, type TerraformStack } from "../terraform/stack";
import type { Session } from "./session";
import { progressReporter, stepProgress } from "./steps";

/** Returns a synthesized stack of main.ts, initialized, whose provider is the emulator. @throws ProcessError */
export async function emulatedStack(
  { directory, emulatorUrl }: Pick<Session, "directory" | "emulatorUrl">,
  name: string,
): Promise<TerraformStack> {
  const stack = stackIn(join(directory, "stacks", name));
  await overrideProvider(stack.directory, emulatorUrl);
  await stack.init();
  return stack;
}

/** Reports the progress of a stack's apply, below its step. */
export function resourcesOf(
  task: Parameters<typeof progressReporter>[0],
  name: string,
): (progress: ApplyProgress) => void {
  const report = progressReporter(task, name);
  return ({ applied, planned, resources }) => {
    report(`${applied} of ${planned} resources`);
    stepProgress(task.task).resources = resources;
  };
}
