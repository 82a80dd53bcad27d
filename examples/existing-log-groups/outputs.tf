output "stream_names" {
  description = "Streams, by log group."
  value       = module.logging_pipeline.stream_names
}
