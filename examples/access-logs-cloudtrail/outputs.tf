output "bucket_policy_statements" {
  description = "What the log account adds to the bucket's policy."
  value       = module.access_logs.bucket_policy_statements
}

output "bucket_notifications" {
  description = "What the log account adds to the bucket's notification configuration."
  value       = module.access_logs.bucket_notifications
}

output "object_key_statement" {
  description = "What the log account adds to the policy of the KMS key."
  value       = module.access_logs.object_key_statement
}

output "role_arn" {
  description = "ARN of the function's role. Allow it in the access policy of the domain and, with fine-grained access control, map it to a role."
  value       = module.access_logs.role_arn
}
