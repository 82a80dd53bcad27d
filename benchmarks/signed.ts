import { BULK_PATH } from "../functions/forwarder/bulk/bulk";
import { signedHeaders } from "../functions/shared/signed-client";

const TARGET = { origin: "https://search.example.com", service: "es", region: "eu-central-1" };
const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };

/** Signs a `_bulk` request of this body. */
export function signed(body: Buffer): void {
  const headers = { "Content-Type": "application/x-ndjson" };
  signedHeaders({ method: "POST", path: BULK_PATH, headers, body }, TARGET, CREDENTIALS);
}
