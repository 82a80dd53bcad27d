variable "source_account_id" {
  description = "Account whose log groups are delivered."
  type        = string
  nullable    = false
}

variable "source_role_arn" {
  description = "Role of that account, which Terraform assumes there. null: the credentials are those of both accounts."
  type        = string
  default     = null
}

variable "log_groups" {
  description = "Names of existing log groups of that account, in this region."
  type        = set(string)
  default     = ["/aws/lambda/thumbnails"]
  nullable    = false
}

variable "organization_id" {
  description = "Organization whose accounts may all subscribe log groups. null: the one account alone."
  type        = string
  default     = null
}

variable "search_endpoint" {
  description = "Endpoint of the search domain."
  type        = string
  nullable    = false
}

variable "search_domain_arn" {
  description = "ARN of the search domain. null: it is none of AWS, or checks no signatures."
  type        = string
  default     = null
}

variable "region" {
  description = "Region of every resource, in both accounts."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}
