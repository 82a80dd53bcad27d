/** The region, and credentials that no AWS account knows; everything local runs with these. */
export const emulatedAccount = {
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "laptop",
  AWS_SECRET_ACCESS_KEY: "laptop",
  AWS_SESSION_TOKEN: "laptop",
} as const;

/** moto's. */
const ACCOUNT_ID = "123456789012";

export function functionArn(name: string): string {
  return `arn:aws:lambda:${emulatedAccount.AWS_REGION}:${ACCOUNT_ID}:function:${name}`;
}
