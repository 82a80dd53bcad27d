import { PipelineError } from "../../errors";

/** Thrown when a secret cannot be read, or holds no credentials, until somebody acts. Its message never has what the secret holds. */
export class SecretError extends PipelineError {
  override readonly name = "SecretError";
}
