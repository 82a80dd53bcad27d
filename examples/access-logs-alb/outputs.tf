output "access_logs_index_settings" {
  description = "How indices are named, kept and made, for `--index-settings` of the commands."
  value       = module.access_logs.access_logs_index_settings
}

output "dead_letter_queue_arn" {
  description = "ARN of the dead-letter queue: a message in it wants an alarm."
  value       = module.access_logs.dead_letter_queue_arn
}

output "owned_notifications" {
  description = "Buckets whose notification configuration is the module's."
  value       = module.access_logs.owned_notifications
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
