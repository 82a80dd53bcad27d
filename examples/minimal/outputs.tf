output "search_endpoint" {
  description = "Search endpoint."
  value       = module.logging_pipeline.search_endpoint
}

output "dashboards_url" {
  description = "URL of OpenSearch Dashboards."
  value       = module.logging_pipeline.dashboards_url
}
