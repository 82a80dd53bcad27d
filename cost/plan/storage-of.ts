import type { BucketLifecycle, Deployment } from "./deployment";
import type { Resource } from "./resources";
import { Attributes } from "./values";

/** What the lifecycle of the plan's bucket makes of its objects; nothing where the plan has no bucket. */
export function lifecycleOf(managed: readonly Resource[]): Pick<Deployment, "lifecycle"> {
  if (!managed.some(({ type }) => type === "aws_s3_bucket")) return {};
  const rules = managed
    .filter(({ type }) => type === "aws_s3_bucket_lifecycle_configuration")
    .flatMap((resource) => Attributes.of(resource).blocks("rule"))
    .filter((rule) => rule.text("status") === "Enabled");
  const transitions = rules
    .flatMap((rule) => rule.blocks("transition"))
    .filter((each) => each.text("storage_class") !== "")
    .map((each) => ({ days: each.number("days", 0), storageClass: each.text("storage_class") }))
    .sort((a, b) => a.days - b.days);
  const expirations = rules
    .flatMap((rule) => rule.blocks("expiration"))
    .map((each) => each.number("days", 0))
    .filter((days) => days > 0);
  const lifecycle: BucketLifecycle = {
    ...(transitions[0] && { transition: transitions[0] }),
    ...(expirations.length > 0 && { expirationDays: Math.min(...expirations) }),
  };
  return { lifecycle };
}

/** An S3 Bucket Key saves nearly all requests of SSE-KMS (Amazon S3 User Guide, Reducing the cost of SSE-KMS with S3 Bucket Keys). */
export const asksKmsForEachPut = (resources: readonly Resource[]): boolean =>
  resources
    .flatMap((resource) => Attributes.of(resource).blocks("rule"))
    .some(
      (rule) =>
        rule.block("apply_server_side_encryption_by_default").text("sse_algorithm").startsWith("aws:kms") &&
        !rule.is("bucket_key_enabled"),
    );
