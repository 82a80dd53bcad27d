output "owned_notifications" {
  description = "Buckets whose notification configuration is the module's."
  value       = module.access_logs.owned_notifications
}

output "queue_url" {
  description = "URL of the queue of new objects."
  value       = module.access_logs.queue_url
}

output "role_arn" {
  description = "ARN of the function's role. Allow it in the access policy of the domain and, with fine-grained access control, map it to a role."
  value       = module.access_logs.role_arn
}
