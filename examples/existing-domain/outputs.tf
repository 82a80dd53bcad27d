output "forwarder_role_arn" {
  description = "Role of the forwarder: allow it in the domain's access policy, and map it where there is fine-grained access control."
  value       = module.logging_pipeline.forwarder_role_arn
}
