output "owned_notifications" {
  description = "Buckets whose notification configuration is the module's."
  value       = module.access_logs.owned_notifications
}

output "quarantine_uri" {
  description = "URI of what cannot be read or indexed."
  value       = module.access_logs.quarantine_uri
}

output "role_arn" {
  description = "ARN of the function's role. Allow it in the access policy of the domain and, with fine-grained access control, map it to a role."
  value       = module.access_logs.role_arn
}
