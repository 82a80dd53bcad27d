import { principalValue } from "../../../search/arguments/principal";

describe("a principal", () => {
  it.each([
    ["arn:aws:iam::123456789012:role/forwarder", "backend_roles", "arn:aws:iam::123456789012:role/forwarder"],
    ["arn:aws-cn:iam::123456789012:role/path/x", "backend_roles", "arn:aws-cn:iam::123456789012:role/path/x"],
    ["arn:aws:iam::123456789012:user/anna", "users", "arn:aws:iam::123456789012:user/anna"],
    ["user:anna", "users", "anna"],
    ["Log Readers", "backend_roles", "Log Readers"],
  ])("reads %s as one of the %s", (given, kind, name) => {
    expect(principalValue.parse(given)).toEqual({ kind, name });
  });

  it.each(["", "user:", " a", "a ", "a\nb", "\u202ea", "x".repeat(513)])("rejects %j", (given) => {
    expect(principalValue.parse(given)).toBeUndefined();
  });
});
