variable "distribution_arn" {
  description = "ARN of an existing CloudFront distribution."
  type        = string
  nullable    = false
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
