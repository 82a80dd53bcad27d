variable "search_domain_arn" {
  description = "ARN of the OpenSearch Service domain to deliver to."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of every resource."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}
