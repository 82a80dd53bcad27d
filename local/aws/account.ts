/** Region and credentials of the emulated account; no AWS account accepts them. */
export const emulatedAccount = {
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_SESSION_TOKEN: "local",
} as const;

/** moto's default. */
export const ACCOUNT_ID = "123456789012";

export function functionArn(name: string): string {
  return `arn:aws:lambda:${emulatedAccount.AWS_REGION}:${ACCOUNT_ID}:function:${name}`;
}

export function roleArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
}
