variable "log_groups" {
  description = "Names of existing log groups."
  type        = set(string)
  default     = ["/aws/lambda/thumbnails", "/aws/vpc/flow-logs"]
  nullable    = false
}

variable "region" {
  description = "Region of every resource."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}
