import { type Precondition, TerraformIterator, TerraformLocal } from "cdktf";
import { precondition } from "../inputs/constraints";
import { thousands } from "../inputs/rules";
import { type Expression, hcl, written } from "../terraform/expression";
import type { AccessLogsContext } from "./context";
import type { NOTIFICATIONS } from "./inputs/sources";

/** IAM takes 10,240 characters of all inline policies of a role (IAM User Guide, IAM and AWS STS quotas); the other statements take the rest. */
const MAX_POLICY_BYTES = 6_800;

type Notification = (typeof NOTIFICATIONS)[number];

/** The sources, and their buckets by name. */
export class Sources {
  /** By name, each with `account`, which owns the bucket. */
  readonly byName: Expression;
  /** By name, each with `notification`, `account` and `prefixes`. */
  readonly buckets: Expression;

  constructor(private readonly context: AccessLogsContext) {
    const { scope, inputs, account } = context;
    const owner = hcl`source.bucket_account_id == null ? ${account.id} : source.bucket_account_id`;
    const withOwner = hcl`{ for name, source in ${inputs.sources} : name => merge(source, { account = ${owner} }) }`;
    this.byName = hcl`${new TerraformLocal(scope, "sources", withOwner).expression}`;

    const ofBucket = (attribute: string) =>
      hcl`[for source in values(${this.byName}) : ${written(`source.${attribute}`)} if source.bucket == bucket]`;
    const bucket = {
      notification: hcl`${ofBucket("notification")}[0]`,
      account: hcl`${ofBucket("account")}[0]`,
      prefixes: outermost(ofBucket("prefix")),
    };
    const names = hcl`distinct([for source in values(${this.byName}) : source.bucket])`;
    const byBucket = hcl`{ for bucket in ${names} : bucket => ${bucket} }`;
    this.buckets = hcl`${new TerraformLocal(scope, "buckets", byBucket).expression}`;
  }

  /** The buckets that announce their objects in this way, for resources with `for_each`. */
  forEachBucket(notification: Notification): TerraformIterator {
    const those = hcl`{ for name, bucket in ${this.buckets} : name => bucket if bucket.notification == ${notification} }`;
    return TerraformIterator.fromMap(those.map);
  }

  /** ARNs of the buckets, under a condition on `bucket`. */
  bucketArns(condition?: Expression): Expression {
    return hcl`[for name, bucket in ${this.buckets} : join("", [${this.arnPrefix}, name])${only(condition)}]`;
  }

  /** ARNs of all keys of the sources, under a condition on `source`. */
  objectArns(condition?: Expression): Expression {
    return hcl`[for source in values(${this.byName}) : join("", [${this.arnPrefix}, source.bucket, "/", source.prefix, "*"])${only(condition)}]`;
  }

  /** The accounts that own the buckets, under a condition on `bucket`. */
  accounts(condition?: Expression): Expression {
    return hcl`distinct([for bucket in values(${this.buckets}) : bucket.account${only(condition)}])`;
  }

  /** The KMS keys of objects. */
  get keyArns(): Expression {
    return hcl`distinct([for source in values(${this.byName}) : source.kms_key_arn if source.kms_key_arn != null])`;
  }

  /** Violated by more sources than the policy of the function's role has room for. */
  get fitIntoPolicy(): Precondition {
    const lists = [this.objectArns(), this.bucketArns(), this.keyArns, this.accounts(), this.accounts()];
    const bytes = hcl`length(jsonencode(${lists}))`;
    return precondition(
      "sources",
      `sources whose buckets, prefixes, keys and accounts take up to ${thousands(MAX_POLICY_BYTES)} characters in the policy of the function's ` +
        "role (IAM User Guide, IAM and AWS STS quotas): have fewer; one without a prefix reads all of its bucket",
      hcl`[for characters in [${bytes}] : characters if characters > ${MAX_POLICY_BYTES}]`,
    );
  }

  private get arnPrefix(): string {
    return `arn:${this.context.account.partition}:s3:::`;
  }
}

const only = (condition?: Expression): Expression => (condition ? hcl` if ${condition}` : hcl``);

/**
 * The prefixes that are in no other one: S3 refuses two notifications of which one's prefix begins with the other's (Amazon S3 User
 * Guide, Configuring event notifications using object key name filtering), and the outer one announces the objects of both.
 */
const outermost = (prefixes: Expression): Expression =>
  hcl`flatten([for all in [sort(distinct(${prefixes}))] : [for prefix in all : prefix if !anytrue([for outer in all : outer != prefix && startswith(prefix, outer)])]])`;
