output "search_endpoint" {
  description = "Endpoint that events can be searched at, inside the VPC."
  value       = module.logging_pipeline.search_endpoint
}

output "stream_arns" {
  description = "Streams, by log group."
  value       = module.logging_pipeline.stream_arns
}

output "archive_uri" {
  description = "Where the archive lies."
  value       = module.logging_pipeline.archive_uri
}
