import type { Target } from "../sign";

/** The target to sign for: the secret's region. @param endpoint another endpoint of Secrets Manager, or "" */
export function secretTarget(arn: string, endpoint: string): Target {
  const region = arn.split(":")[3]!;
  const host = `secretsmanager.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  return { origin: endpoint || `https://${host}`, service: "secretsmanager", region };
}
