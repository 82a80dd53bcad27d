output "stream_name" {
  description = "Name of the stream, to which the application puts records."
  value       = aws_kinesis_stream.shop.name
}

output "index_pattern" {
  description = "Index pattern of the documents."
  value       = module.firehose_search.index_pattern
}

output "failed_uri" {
  description = "URI of what could not be indexed or transformed."
  value       = module.firehose_search.failed_uri
}

output "role_arn" {
  description = "ARN of the role that Firehose assumes. With fine-grained access control, map it to a role of the domain."
  value       = module.firehose_search.role_arn
}
