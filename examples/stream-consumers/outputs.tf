output "consumer_arns" {
  description = "ARNs of the consumers: what a reader subscribes as."
  value       = module.logging_pipeline.consumer_arns
}

output "stream_arns" {
  description = "ARNs of the streams, by log group: what a reader polls."
  value       = module.logging_pipeline.stream_arns
}

output "kms_key_arn" {
  description = "ARN of the key that encrypts the records: what a role of another account may decrypt with."
  value       = module.logging_pipeline.kms_key_arn
}
