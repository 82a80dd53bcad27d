import type { IndexLayouts } from "../events/index-layout";

/**
 * Priority of the template and the policy. The longer prefix wins, so that of two pipelines with `cwl-` and `cwl-b-` each
 * has its own; engines refuse two that overlap with the same priority.
 */
export const templatePriority = ({ current }: IndexLayouts): number => 100 + current.prefix.length;
