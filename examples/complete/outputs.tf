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
