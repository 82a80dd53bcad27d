variable "trail_bucket" {
  description = "Bucket of the organization's trail, in this region."
  type        = string
  nullable    = false
}

variable "log_account_id" {
  description = "Account that owns the bucket."
  type        = string
  nullable    = false
}

variable "organization_id" {
  description = "Organization of the trail, such as o-exampleorgid."
  type        = string
  nullable    = false
}

variable "trail_kms_key_arn" {
  description = "KMS key of the trail's files. null: SSE-S3."
  type        = string
  default     = null
}

variable "search_endpoint" {
  description = "OpenSearch or Elasticsearch endpoint."
  type        = string
  nullable    = false
}

variable "search_domain_arn" {
  description = "ARN of the OpenSearch Service domain that serves the endpoint. null: it is not a domain of AWS."
  type        = string
  default     = null
}

variable "region" {
  description = "Region of every resource."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}
