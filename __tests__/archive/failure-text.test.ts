import { failureText } from "../../archive/failure-text";

const answered = (name: string, message: string) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 403 } });

describe("failureText", () => {
  it("is the name or the status of an error that came with a response, and never its text", () => {
    expect(failureText(answered("AccessDenied", "a secret"))).toBe("AccessDenied");
    expect(failureText(answered("a secret", "a secret"))).toBe("403");
  });

  it("keeps a denial that AWS itself wrote", () => {
    const denial =
      "User: arn:aws:iam::123456789012:user/me is not authorized to perform: s3:ListBucket on resource: " +
      '"arn:aws:s3:::the-archive" because no identity-based policy allows the s3:ListBucket action';
    expect(failureText(answered("AccessDenied", denial))).toBe(`AccessDenied: ${denial}`);
  });

  it("keeps what S3 itself says, letter for letter", () => {
    expect(failureText(answered("AccessDenied", "Access Denied"))).toBe("AccessDenied: Access Denied");
    expect(failureText(answered("AccessDenied", "Access Denied: a secret"))).toBe("AccessDenied");
  });

  it("is the error's own text where there was no response", () => {
    expect(failureText(new Error("connect ECONNREFUSED 127.0.0.1:9"))).toBe("connect ECONNREFUSED 127.0.0.1:9");
    expect(failureText(Object.assign(new Error("no profile."), { name: "CredentialsProviderError" }))).toBe(
      "CredentialsProviderError: no profile",
    );
  });
});
