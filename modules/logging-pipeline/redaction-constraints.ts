import type { Constraint } from "../inputs/constraints";
import { type Expression, hcl } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";

const WHOSE = [
  ["log_groups", "logGroups", "log group"],
  ["streams", "streams", "stream"],
] as const;

/** The rules between what rules redact and what the archive has of it. */
export const redactionConstraints: readonly Constraint<typeof pipelineInputs>[] = [
  ...WHOSE.map(
    ([path, name, what]): Constraint<typeof pipelineInputs> => ({
      path,
      allowed: `any ${what} without redact in its rules, unless archive_content says what the archive has of what they redact: raw (all of it) or redacted`,
      decidedBy: ["archiveContent", name],
      violations: ({ archiveContent, [name]: all }) =>
        archiveContent === null ? Object.keys(all).filter((key) => redacts(Object(all)[key])) : [],
      violationsAtPlan: ({ archiveContent, [name]: all }) =>
        hcl`[for key, each in ${all} : key if ${archiveContent} == null && contains(try(each.rules[*].action, []), "redact")]`,
    }),
  ),
  {
    path: "archive_content",
    allowed:
      "redacted only if a rule of log_groups or streams redacts: without one, the archive has events as they came",
    decidedBy: ["archiveContent", "logGroups", "streams"],
    violations: ({ archiveContent, logGroups, streams }) =>
      archiveContent === "redacted" && ![logGroups, streams].flatMap(Object.values).some(redacts)
        ? [archiveContent]
        : [],
    violationsAtPlan: ({ archiveContent, logGroups, streams }) =>
      hcl`[for content in [${archiveContent}] : content if content == "redacted" && !contains(concat(${actionsIn(logGroups)}, ${actionsIn(streams)}), "redact")]`,
  },
];

const actionsIn = (all: Expression): Expression => hcl`flatten([for each in ${all} : try(each.rules[*].action, [])])`;

const redacts = ({ rules }: { readonly rules?: unknown }): boolean =>
  [rules ?? []].flat().some((rule) => Object(rule).action === "redact");
