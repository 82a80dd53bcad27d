output "policy_arn" {
  description = "ARN of the policy for whoever deploys the pipeline."
  value       = aws_iam_policy.pipeline.arn
}
