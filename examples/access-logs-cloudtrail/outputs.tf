output "access_logs_index_settings" {
  description = "How indices are named, kept and made, for `--index-settings` of the commands."
  value       = module.access_logs.access_logs_index_settings
}

output "bucket_notifications" {
  description = "What the log account adds to the bucket's notification configuration."
  value       = module.access_logs.bucket_notifications
}

output "bucket_policy_statements" {
  description = "What the log account adds to the bucket's policy."
  value       = module.access_logs.bucket_policy_statements
}

output "dead_letter_queue_arn" {
  description = "ARN of the dead-letter queue: a message in it wants an alarm."
  value       = module.access_logs.dead_letter_queue_arn
}

output "object_key_statement" {
  description = "What the log account adds to the policy of the KMS key."
  value       = module.access_logs.object_key_statement
}

output "quarantine_uri" {
  description = "URI of what cannot be read or indexed."
  value       = module.access_logs.quarantine_uri
}

output "queue_url" {
  description = "URL of the queue of new objects, to which backfill and redrive send, too."
  value       = module.access_logs.queue_url
}

output "role_arn" {
  description = "ARN of the function's role. Allow it in the access policy of the domain and, with fine-grained access control, map it to a role."
  value       = module.access_logs.role_arn
}
