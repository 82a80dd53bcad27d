output "search_endpoint" {
  description = "Search endpoint."
  value       = module.logging_pipeline.search_endpoint
}

output "dashboards_url" {
  description = "URL of OpenSearch Dashboards."
  value       = module.logging_pipeline.dashboards_url
}

output "index_settings" {
  description = "How indices are named and kept: what `terraform output -json index_settings` writes for --index-settings."
  value       = module.logging_pipeline.index_settings
}

output "forwarder_role_arn" {
  description = "ARN of the forwarder's role, for --writer of `npm run search -- setup`."
  value       = module.logging_pipeline.forwarder_role_arn
}
