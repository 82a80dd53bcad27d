/**
 * Sends a request of a JSON API of AWS to the emulator: a client of its own is not worth few calls.
 *
 * @param target such as `AWSEvents.PutRule`
 * @throws Error when the emulator answers with another status than 200
 */
export async function emulatorRequest(emulatorUrl: string, service: string, target: string, body: object) {
  const scope = `any/20261121/eu-central-1/${service}/aws4_request`;
  const response = await fetch(emulatorUrl, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, Signature=any`,
      "x-amz-target": target,
      "content-type": "application/x-amz-json-1.1",
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${target} failed: ${response.status} ${await response.text()}`);
}
