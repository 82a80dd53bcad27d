import { nodeStream, type OpenStream } from "./node-stream";
import { nodeTransport } from "./node-transport";
import type { Send } from "./send";
import { type Credentials, sign, type Target } from "./sign";
import { signing } from "./signing";

/** Sends to `target` as functions do: by `node:https`, signed with the credentials of the function's role. */
export function lambdaSend(target: Target): Send {
  return signing(nodeTransport(target.origin), target, lambdaCredentials);
}

/** Opens streams from `target`, signed in the same way. */
export function lambdaStream(target: Target): OpenStream {
  const open = nodeStream(target.origin);
  return (request) => {
    const headers = sign({ ...request, method: "GET", body: NO_BODY }, target, lambdaCredentials());
    return open({ ...request, headers });
  };
}

const NO_BODY = Buffer.alloc(0);

/** Read at each request: Lambda's credentials are in the environment. */
function lambdaCredentials(): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}
