import { TerraformLocal } from "cdktf";
import { Check } from "../terraform/check";
import { type Expression, firstGiven, hcl } from "../terraform/expression";
import type { Context } from "./context";
import type { Lanes } from "./lanes";
import type { FoundLogGroups } from "./log-group-prefixes";
import { makesDomain } from "./own-domain";
import { replicasOf, retentionDays } from "./search-contents";

/** A month has 30 days here. */
const PERIOD_HOURS = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const;

/** What a template of nobody's makes of an index (OpenSearch Service Developer Guide, Choosing the number of shards). */
const DEFAULT_SHARDS_PER_INDEX = 10;

/** Indices that nothing deletes by their age or number are counted after so many days. */
const FOR_EVER_DAYS = 365;

/**
 * Memory of an `xlarge` instance in GiB, by the letters that its type begins with, and the other sizes in proportion (Amazon EC2
 * Instance Types Guide, Specifications). Some of earlier generations have up to 6 % less.
 */
const XLARGE_GIB = { c: 8, m: 16, t: 16, im: 16, om: 16, r: 32, or: 32, i: 32, oi: 32 } as const;
const SIZES = { micro: 1 / 16, small: 1 / 8, medium: 1 / 4, large: 1 / 2, xlarge: 1 } as const;

/** OpenSearch Lens, AOSPERF01-BP03: up to 25 shards for each GiB of heap, which is half of the memory, up to 32 GiB. */
const SHARDS_PER_HEAP_GIB = 25;
const MAX_HEAP_GIB = 32;

/**
 * Warns when the indices have more shards in the end than the domain that the pipeline makes should carry. That is also below
 * what a domain refuses: 1,000 shards for each node, and from OpenSearch 2.17 on for each 16 GiB of heap.
 */
export function checkShards({ scope, inputs }: Context, lanes: Lanes, found: FoundLogGroups): void {
  const { searchDomain, indexTemplate, indexShards, indexPeriod, indexCleanup } = inputs;
  const { instanceCount, instanceType } = searchDomain;
  const local = (id: string, expression: Expression) => hcl`${new TerraformLocal(scope, id, expression).expression}`;

  const named = hcl`[for key, group in ${lanes.groupsByName} : ${firstGiven(hcl`group.index`, inputs.defaultIndex, hcl`key`)}]`;
  const byPrefix = hcl`[for key in keys(${found.byName}) : ${firstGiven(inputs.defaultIndex, hcl`key`)}]`;
  const indices = hcl`length(distinct(concat(${named}, ${byPrefix})))`;
  const own = hcl`${indexShards} * min(${instanceCount}, 1 + (${replicasOf(inputs)}))`;
  const perIndex = hcl`${indexTemplate} == "managed" ? ${own} : ${DEFAULT_SHARDS_PER_INDEX}`;
  const hours = hcl`${PERIOD_HOURS}[${indexPeriod}]`;
  const periodsIn = (days: Expression | number) => hcl`${days} * 24 / ${hours} + 1`;
  const byPolicy = hcl`(${retentionDays(inputs)}) == 0 ? null : ${periodsIn(hcl`(${retentionDays(inputs)})`)}`;
  const isCleanedUp = hcl`${indexCleanup.schedule} != null && !coalesce(${indexCleanup.dryRun}, false)`;
  const byCleanup = [hcl`try(${periodsIn(indexCleanup.keepDays)}, null)`, indexCleanup.keepCount];
  const limits = [byPolicy, ...byCleanup.map((periods) => hcl`${isCleanedUp} ? ${periods} : null`)];
  // Null where nothing limits them.
  const kept = local("periods_kept", hcl`try(min([for periods in ${limits} : periods if periods != null]...), null)`);
  const periods = hcl`${kept} == null ? ${periodsIn(FOR_EVER_DAYS)} : ${kept}`;
  const needed = local("shards_needed", hcl`ceil((${indices}) * (${perIndex}) * (${periods}))`);

  const size = hcl`split(".", ${instanceType})[1]`;
  const share = hcl`try(tonumber(trimsuffix(${size}, "xlarge")), ${SIZES}[${size}])`;
  const memory = hcl`${XLARGE_GIB}[regex("^[a-z]+", ${instanceType})] * ${share}`;
  const heap = hcl`min(${MAX_HEAP_GIB}, (${memory}) / 2)`;
  // Null for a type that is not in the table.
  const carried = local("shards_carried", hcl`try(floor(${SHARDS_PER_HEAP_GIB} * ${heap} * ${instanceCount}), null)`);

  // Terraform evaluates the message also where the condition holds, and takes no null in it.
  const carriedText = hcl`coalesce(${carried}, "an unknown number")`;
  const sinceWhen = hcl`${kept} == null ? " after ${FOR_EVER_DAYS} days, as nothing deletes them by their age or number" : ""`;

  new Check(scope, "shards", [
    {
      condition: hcl`!(${makesDomain(inputs)}) || ${carried} == null ? true : ${needed} <= ${carried}`,
      errorMessage:
        `The indices of all log groups will have ${needed} shards${sinceWhen}, and the domain should carry ${carriedText}: ` +
        `AWS advises up to ${SHARDS_PER_HEAP_GIB} for each GiB of heap. ` +
        "Let log groups share an index (log_groups[*].index), choose a longer index_period, delete indices earlier " +
        "(index_retention_days, index_cleanup.keep_days or keep_count), or take a larger search_domain.instance_type or more instances.",
    },
  ]);
}
