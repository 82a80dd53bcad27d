output "stream_names" {
  description = "Names of the streams, by log group."
  value       = module.logging_pipeline.stream_names
}
