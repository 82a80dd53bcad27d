import { checkPrerequisites } from "../../local/start/prerequisites";
import { build } from "../../local/terraform/synthesize";
import { corpora } from "../corpus/corpora";
import { profiled } from "../measure/cpu-profile";
import { pipeline as measured } from "../subjects/pipeline";
import type { SuiteOptions, SuiteResult } from "./suite";

export async function pipeline({ profiles }: SuiteOptions): Promise<SuiteResult> {
  await checkPrerequisites(false);
  await build();
  return { tables: await profiled(profiles, "pipeline", () => measured(corpora()[0]!)) };
}
