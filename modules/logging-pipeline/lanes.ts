import { type Precondition, TerraformIterator, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { precondition } from "../inputs/constraints";
import type { Values } from "../inputs/values";
import { type Expression, firstGiven, hcl, written } from "../terraform/expression";
import type { pipelineInputs } from "./inputs";
import { DEFAULT_MESSAGE_SETTINGS } from "./inputs/message-settings";

type Inputs = Values<typeof pipelineInputs>;

/** A lane, or a log group, in an expression about it: its key, and the expression of its settings. */
export interface LaneVariables {
  readonly key: string;
  readonly value: string;
}

/** The lane in resources with `for_each`. */
export const EACH_LANE: LaneVariables = { key: "each.key", value: "each.value" };

/** What `laneName` says of the log group or stream `key`, as Terraform finds it. */
export const laneNameAtPlan = (name: Expression): Expression =>
  hcl`join("_", concat([${name}], can(regex("^[A-Za-z0-9-]{1,28}$", key))
    ? [key]
    : [substr(replace(key, "/[^A-Za-z0-9-]+/", "-"), 0, 28), substr(sha256(key), 0, 10)]))`;

/** What all streams have that say nothing else, by their names in `streams`. */
const laneSettingsOf = (inputs: Inputs) => ({
  retention_hours: inputs.streamRetentionHours,
  batch_size: inputs.batchSize,
  maximum_batching_window_in_seconds: inputs.maximumBatchingWindowInSeconds,
  parallelization_factor: inputs.parallelizationFactor,
  function_memory_mib: inputs.functionMemoryMib,
  function_timeout_seconds: inputs.functionTimeoutSeconds,
});

/** Streams with their functions, and the log groups whose events go into them. */
export class Lanes {
  private readonly streams: TerraformLocal;
  private readonly groups: TerraformLocal;
  private readonly lanes: TerraformLocal;

  constructor(scope: Construct, inputs: Inputs) {
    this.streams = new TerraformLocal(scope, "streams", streamsOf(inputs));
    this.groups = new TerraformLocal(scope, "log_groups", groupsOf(inputs, hcl`${this.streams.expression}`));
    this.lanes = new TerraformLocal(scope, "lanes", lanesOf(inputs, this.groupsByName, this.streamsByName));
  }

  /** Violated by two equal hashes. */
  get haveDifferentNames(): Precondition {
    const keysByName = hcl`{ for key, lane in ${this.byKey} : lane.name => key... }`;
    return precondition(
      "log_groups",
      "log groups whose names do not collide when shortened; rename one",
      hcl`flatten([for keys in ${keysByName} : keys if length(keys) > 1])`,
    );
  }

  /**
   * The lanes with the names of their resources: a log group's own by its name, a shared one by its stream's in `streams`.
   * `log_group` is null in a shared one.
   */
  get byKey(): Expression {
    return hcl`${this.lanes.expression}`;
  }

  /** The shared streams with all their settings, by their names in `streams`. */
  get streamsByName(): Expression {
    return hcl`${this.streams.expression}`;
  }

  /** The log groups with all their settings; `lane_name` is the name of the lane that delivers them. */
  get groupsByName(): Expression {
    return hcl`${this.groups.expression}`;
  }

  /** Whether a log group stays that may have been encrypted with the pipeline's key. */
  get someAreKept(): Expression {
    return hcl`anytrue([for group in values(${this.groupsByName}) : group.skip_destroy])`;
  }

  get forEach(): TerraformIterator {
    return TerraformIterator.fromMap(this.lanes.expression);
  }

  /** What the log groups have that are created: Terraform evaluates all of it for each. */
  get forEachCreated(): TerraformIterator {
    const created = hcl`{ retention_in_days = group.retention_in_days, skip_destroy = group.skip_destroy }`;
    const groups = hcl`{ for key, group in ${this.groupsByName} : key => ${created} if group.create }`;
    return TerraformIterator.fromMap(groups.map);
  }
}

function streamsOf(inputs: Inputs): Expression {
  const own = (name: string) => written(`stream.${name}`);
  const given = Object.entries({ ...laneSettingsOf(inputs), ...DEFAULT_MESSAGE_SETTINGS }).map(([name, otherwise]) => [
    name,
    firstGiven(own(name), otherwise),
  ]);
  const settings = {
    name: laneNameAtPlan(inputs.name),
    // Of the function's own variables: those of log groups are exceptions.
    ...{ log_group: null, index: null },
    ...Object.fromEntries(given),
  };
  return hcl`{ for key, stream in ${inputs.streams} : key => merge(stream, ${settings}) }`;
}

function groupsOf(inputs: Inputs, streams: Expression): Expression {
  // A stream that does not exist is a mistake that its own rule reports.
  const messages = Object.entries(DEFAULT_MESSAGE_SETTINGS).map(([name, otherwise]) => {
    const ofStream = hcl`try(${streams}[group.stream].${written(name)}, ${otherwise})`;
    return [name, firstGiven(written(`group.${name}`), ofStream)];
  });
  const settings = {
    log_group: hcl`key`,
    lane_name: hcl`[for key in [group.stream == null ? key : group.stream] : ${laneNameAtPlan(inputs.name)}][0]`,
    skip_destroy: hcl`group.skip_destroy == null ? group.create : group.skip_destroy`,
    ...Object.fromEntries(messages),
  };
  return hcl`{ for key, group in ${inputs.logGroups} : key => merge(group, ${settings}) }`;
}

function lanesOf(inputs: Inputs, groups: Expression, streams: Expression): Expression {
  const own = {
    name: laneNameAtPlan(inputs.name),
    shards: hcl`group.shards == null ? 1 : group.shards`,
    time_field: hcl`group.time_field == null ? "" : group.time_field`,
    ...laneSettingsOf(inputs),
  };
  const lanes = hcl`{ for key, group in ${groups} : key => merge(group, ${own}) if group.stream == null || group.keep_own_stream }`;
  return hcl`merge(${lanes}, ${streams})`;
}
