output "forwarder_role_arn" {
  description = "ARN of the forwarder's role. Allow it in the access policy of the domain and, with fine-grained access control, map it to a role."
  value       = module.logging_pipeline.forwarder_role_arn
}

output "search_endpoint" {
  description = "Search endpoint."
  value       = module.logging_pipeline.search_endpoint
}

output "index_settings" {
  description = "How indices are named and kept: what `terraform output -json index_settings` writes for --index-settings."
  value       = module.logging_pipeline.index_settings
}
