import { awsDenial } from "../../core/http/aws-denial";
import { isObject } from "../../core/json/object";
import { ApiError } from "../../search/api-error";
import type { DoctorCheckName, DoctorFinding } from "../check-table";
import type { DoctorContext, DoctorEngine } from "../context";
import { SEARCH_CHECKS } from "../declared/search";
import { type Examined, looked, together } from "../examined";
import { examineBlocks } from "./blocks";
import { SEARCH_SETUP } from "./commands";
import { examineContents } from "./contents";
import { examineNodes } from "./nodes";

/** Those that need an answer of the endpoint. */
const ALL = (Object.keys(SEARCH_CHECKS) as (keyof typeof SEARCH_CHECKS)[]).filter((name) => name !== "engine-version");

/** Checks that the engine answers and lets the caller in, has room, and has the pipeline's template and policy. */
export async function examineSearch(context: DoctorContext): Promise<Examined> {
  const { engine } = context;
  if (!engine) return looked(ALL, "the search endpoint", async () => withoutEngine(context));
  const access = await accessTo(engine);
  if ("findings" in access) return { ...access, unchecked: [] };
  return together([
    examineNodes(engine, access.health),
    examineBlocks(context, engine),
    examineContents(context, engine),
  ]);
}

/** There is none where events go to another stream, or no function is there. @throws why it is not known */
function withoutEngine({ environment }: DoctorContext): [] {
  environment();
  return [];
}

async function accessTo({ origin, api }: DoctorEngine): Promise<{ findings: DoctorFinding[] } | { health: object }> {
  const found = (check: DoctorCheckName, text: string, command: string) => ({
    findings: [{ check, subject: origin, found: text, command }],
  });
  let answer: Awaited<ReturnType<typeof api.call>>;
  try {
    answer = await api.call({ method: "GET", path: "/_cluster/health", accepted: [401, 403] });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return found("search-reachable", error.message, `curl -v ${origin}`);
  }
  const { status, body } = answer;
  if (status === 200) return { health: Object(body) };
  const { message, Message, error } = isObject(body) ? body : {};
  const denial = awsDenial(message ?? Message);
  if (denial !== "") return found("search-iam", `${status}: ${denial}`, "aws sts get-caller-identity");
  const reason = isObject(error) ? error.reason : (message ?? error);
  return found(
    "search-role",
    `${status}: ${String(reason ?? "no reason is given")}`,
    `${SEARCH_SETUP} --reader <role>`,
  );
}
