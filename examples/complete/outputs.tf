output "search_endpoint" {
  description = "Search endpoint, reachable inside the VPC."
  value       = module.logging_pipeline.search_endpoint
}

output "stream_arns" {
  description = "ARNs of the streams, by log group."
  value       = module.logging_pipeline.stream_arns
}

output "archive_uri" {
  description = "URI of the archive."
  value       = module.logging_pipeline.archive_uri
}

output "dashboards_url" {
  description = "URL of OpenSearch Dashboards, reachable inside the VPC."
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
