import { secretTarget } from "../../../../core/http/credentials/secret-target";

const ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-AbCdEf";

describe("secretTarget", () => {
  it.each([
    [ARN, "", "https://secretsmanager.eu-central-1.amazonaws.com", "eu-central-1"],
    [ARN.replace("eu-central-1", "cn-north-1"), "", "https://secretsmanager.cn-north-1.amazonaws.com.cn", "cn-north-1"],
    [ARN, "http://127.0.0.1:5000", "http://127.0.0.1:5000", "eu-central-1"],
  ])("is the secret's region's, or another endpoint: %s %s", (arn, endpoint, origin, region) => {
    expect(secretTarget(arn, endpoint)).toEqual({ origin, service: "secretsmanager", region });
  });
});
