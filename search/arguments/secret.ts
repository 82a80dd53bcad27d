/** A secret's name or ARN. Source: Secrets Manager API Reference "CreateSecret" and "GetSecretValue". */
export const secretValue = {
  allowed: "the name or ARN of a secret of Secrets Manager, 1 to 2,048 of A-Z a-z 0-9 / _ + = . @ - :",
  parse: (given: string): string | undefined => (/^[\w/+=.@:-]{1,2048}$/.test(given) ? given : undefined),
};
