variable "account_id" {
  description = "Account in which this is meant to be; a plan with credentials of another one is refused. null: the credentials' own."
  type        = string
  default     = null
}

variable "region" {
  description = "Region of every resource."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}
