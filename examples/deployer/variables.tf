variable "name" {
  description = "The pipeline's name."
  type        = string
  default     = "logging-pipeline"
  nullable    = false
}

variable "log_groups" {
  description = "Beginnings of the names of the log groups that the pipeline creates or subscribes."
  type        = set(string)
  default     = [""]
  nullable    = false
}

variable "region" {
  description = "Region of the pipeline."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}

variable "role_path" {
  description = "Path of the pipeline's roles, its role_path."
  type        = string
  default     = "/"
  nullable    = false
}
