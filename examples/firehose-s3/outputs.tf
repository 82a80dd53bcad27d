output "delivery_stream_name" {
  description = "Name of the delivery stream, to which the application puts records."
  value       = module.firehose_s3.delivery_stream_name
}

output "objects_uri" {
  description = "URI of the objects."
  value       = module.firehose_s3.objects_uri
}

output "failed_uri" {
  description = "URI of what Firehose could not process."
  value       = module.firehose_s3.failed_uri
}

output "log_group_name" {
  description = "Name of the log group of Firehose's errors."
  value       = module.firehose_s3.log_group_name
}
