import { checkPrerequisites } from "../../local/start/prerequisites";
import { build } from "../../local/terraform/synthesize";
import { endEverything } from "../../tools/processes/reaper";
import { corpora } from "../corpus/corpora";
import { pipeline as measured } from "../subjects/pipeline";
import type { Result } from "./benchmark";

export async function pipeline(): Promise<Result> {
  await checkPrerequisites(false);
  await build();
  try {
    return { tables: await measured(corpora()[0]!) };
  } finally {
    await endEverything();
  }
}
