variable "search_endpoint" {
  description = "Search endpoint that receives the events."
  type        = string
  nullable    = false
}

variable "search_domain_arn" {
  description = "ARN of its domain, or null if it is none of AWS."
  type        = string
  default     = null
}

variable "other_role_arn" {
  description = "ARN of a role of another account that reads the stream, too. null: none."
  type        = string
  default     = null
}

variable "region" {
  description = "Region of every resource."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}
