output "search_endpoint" {
  description = "Endpoint that events can be searched at."
  value       = module.logging_pipeline.search_endpoint
}

output "dashboards_url" {
  description = "OpenSearch Dashboards."
  value       = module.logging_pipeline.dashboards_url
}
