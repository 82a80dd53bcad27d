import { type HttpServer, startServer } from "./http-server";

export interface SecretsServer extends HttpServer {
  /** By version: its text. */
  versions: Map<string, string>;
  /** By stage: its version. */
  stages: Map<string, string>;
  /** Operations that are refused. */
  denied: Set<string>;
  current(): string;
}

/** A server with one secret, whose responses are those of Secrets Manager. Source: Secrets Manager API Reference. */
export async function startSecretsServer(text: string): Promise<SecretsServer> {
  const versions = new Map([["v1", text]]);
  const stages = new Map([["AWSCURRENT", "v1"]]);
  const denied = new Set<string>();
  const server = await startServer(({ headers, body }, response) => {
    const operation = headers["x-amz-target"]!.replace("secretsmanager.", "");
    const request = JSON.parse(body.toString());
    if (denied.has(operation)) {
      response.writeHead(400).end(`{"__type":"AccessDeniedException","Message":"not authorized to ${operation}"}`);
      return;
    }
    if (operation === "PutSecretValue") {
      versions.set(request.ClientRequestToken, request.SecretString);
      for (const stage of request.VersionStages) stages.set(stage, request.ClientRequestToken);
    }
    if (operation === "UpdateSecretVersionStage") {
      if (stages.get(request.VersionStage) !== request.RemoveFromVersionId) response.statusCode = 400;
      else stages.set(request.VersionStage, request.MoveToVersionId);
    }
    const VersionId = stages.get("AWSCURRENT")!;
    response.end(JSON.stringify({ VersionId, SecretString: versions.get(VersionId) }));
  });
  return { ...server, versions, stages, denied, current: () => versions.get(stages.get("AWSCURRENT")!)! };
}
