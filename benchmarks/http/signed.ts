import { signedHeaders } from "../../core/http/signed-client";
import { BULK_PATH } from "../../core/sinks/opensearch/bulk-request";

const TARGET = { origin: "https://search.example.com", service: "es", region: "eu-central-1" };
const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };

/** Signs a `_bulk` request of this body. */
export function signed(body: Buffer): void {
  const headers = { "Content-Type": "application/x-ndjson" };
  signedHeaders({ method: "POST", path: BULK_PATH, headers, body }, TARGET, CREDENTIALS);
}
