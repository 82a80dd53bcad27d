variable "log_groups" {
  description = "Names of log groups that exist already."
  type        = set(string)
  default     = ["/aws/lambda/thumbnails", "/aws/vpc/flow-logs"]
  nullable    = false
}

variable "region" {
  description = "Where everything is made."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}
