output "log_destination_lines" {
  description = "What a subscription filter of another account has."
  value       = module.logging_pipeline.log_destination_lines
}

output "index_settings" {
  description = "How indices are named and kept: what `terraform output -json index_settings` writes for --index-settings."
  value       = module.logging_pipeline.index_settings
}
