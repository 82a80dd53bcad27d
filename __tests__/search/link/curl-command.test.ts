import { curlCommand } from "../../../search/link/curl-command";
import { startServer } from "../../support/http-server";
import { hasTool, runInBash } from "../../support/printed-commands";
import { signatureError } from "../../support/sigv4";
import { skippedUnless } from "../../support/skipped";

const EXPECTED = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", region: "eu-central-1", service: "es" };
const KEYS = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };

skippedUnless(hasTool("curl"), "curl on the PATH").it.each([
  ["without a session token", "", "cwl-*-20*.*.*"],
  ["with a session token", "token", "cwl-*-20*.*,logs-*-20*.w*"],
])("curl signs the command's request as AWS wants it, %s", async (_, token, indices) => {
  const server = await startServer((_request, response) => void response.end("{}"));
  await runInBash(curlCommand(server.origin, indices, [{}], { by: "aws" }), {
    ...process.env,
    ...KEYS,
    AWS_SESSION_TOKEN: token,
  });
  await server.stop();
  const [request] = server.requests;
  expect(signatureError(request!, EXPECTED)).toBeUndefined();
  expect(request!.headers["x-amz-security-token"]).toBe(token || undefined);
});

it("signs for the region that the domain's host names, wherever else the caller is", () => {
  const signedFor = (endpoint: string) =>
    /aws:amz:([^:]+):es/.exec(curlCommand(endpoint, "cwl-*", [{}], { by: "aws" }))![1];
  expect(signedFor("https://search-logs-abc.aos.eu-west-1.on.aws")).toBe("eu-west-1");
  expect(signedFor("https://search.example.com")).toBe("$AWS_REGION");
  const login = { by: "aws", region: "us-east-1" } as const;
  expect(curlCommand("https://search.example.com", "cwl-*", [{}], login)).toContain("aws:amz:us-east-1:es");
});
