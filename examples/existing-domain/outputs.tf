output "forwarder_role_arn" {
  description = "ARN of the forwarder's role. Allow it in the access policy of the domain and, with fine-grained access control, map it to a role."
  value       = module.logging_pipeline.forwarder_role_arn
}
