variable "search_endpoint" {
  description = "Endpoint of an OpenSearch or Elasticsearch that exists already."
  type        = string
  nullable    = false
}

variable "search_domain_arn" {
  description = "ARN of the domain behind the endpoint. null: AWS does not run it."
  type        = string
  default     = null
}

variable "region" {
  description = "Where everything is made."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}
