import { searchRegion, searchSend } from "../../../core/http/search-send";
import { type HttpServer, startServer } from "../../support/http-server";
import { signatureError } from "../../support/sigv4";
import { REQUEST } from "../../support/transports";

const CREDENTIALS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };

describe("searchRegion", () => {
  it.each([
    ["that is given", "https://search.example.com", "us-east-1", "us-east-1"],
    ["that is given, whatever the host names", "https://a.eu-west-1.es.amazonaws.com", "us-east-1", "us-east-1"],
    ["that the host names", "https://a.eu-west-1.es.amazonaws.com", "", "eu-west-1"],
    ["of the function", "https://search.example.com", "", "eu-central-1"],
  ])("returns the region %s", (_, SEARCH_ENDPOINT, SEARCH_REGION, region) => {
    expect(searchRegion({ SEARCH_ENDPOINT, SEARCH_REGION, AWS_REGION: "eu-central-1" })).toBe(region);
  });
});

describe("searchSend", () => {
  const { env } = process;
  let server: HttpServer;

  beforeAll(async () => {
    process.env = { ...env, ...CREDENTIALS };
    server = await startServer((_request, response) => void response.end());
  });

  afterAll(async () => {
    process.env = env;
    await server.stop();
  });

  it.each([
    ["the function's own region where nothing says another one", "", "eu-central-1"],
    ["the region that is given", "us-east-1", "us-east-1"],
  ])("signs for %s", async (_, SEARCH_REGION, region) => {
    const variables = { SEARCH_ENDPOINT: server.origin, SEARCH_REGION, AWS_REGION: "eu-central-1" };
    const send = searchSend({ ...variables, SEARCH_SECRET_ARN: "", AWS_ENDPOINT_URL_SECRETS_MANAGER: "" });
    await send(REQUEST);
    const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
    expect(signatureError(server.requests.at(-1)!, { ...keys, region, service: "es" })).toBeUndefined();
  });
});
