/** Makes a role in the emulator, by IAM's query API: a client of its own is not worth one call. */
export async function createRole(emulatorUrl: string, name: string): Promise<void> {
  const parameters = { Action: "CreateRole", Version: "2010-05-08", RoleName: name, AssumeRolePolicyDocument: "{}" };
  const authorization = "AWS4-HMAC-SHA256 Credential=any/20261121/us-east-1/iam/aws4_request, Signature=any";
  const response = await fetch(emulatorUrl, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams(parameters),
  });
  if (!response.ok) throw new Error(`the role cannot be created: ${response.status} ${await response.text()}`);
}
