import type { Send } from "./send";
import { type Credentials, sign, type Target } from "./sign";

/**
 * Returns a `Send` that signs each request for `target` and passes it to `send`.
 *
 * @param credentials called for each request, so that renewed credentials are used
 */
export function signing(send: Send, target: Target, credentials: () => Credentials | Promise<Credentials>): Send {
  return async (request) => send({ ...request, headers: sign(request, target, await credentials()) });
}
