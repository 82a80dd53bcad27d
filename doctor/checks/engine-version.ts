import type { DoctorFinding } from "../check-table";
import type { DoctorContext } from "../context";
import { type Examined, looked } from "../examined";
import type { DomainOf } from "../role/domain";

/**
 * The end of AWS's standard support of the versions that it names; it names no end of others. Source: AWS Big Data Blog, "Amazon
 * OpenSearch Service announces Standard and Extended Support dates for Elasticsearch and OpenSearch versions".
 */
const STANDARD_SUPPORT_END = "2025-11-07";

/** Checks that AWS still supports the engine of the domain. @param domainOf finds it by its endpoint */
export const examineEngineVersion = (context: DoctorContext, domainOf: DomainOf): Promise<Examined> =>
  looked(["engine-version"], "the domain", async (): Promise<DoctorFinding[]> => {
    const endpoint = context.environment()?.SEARCH_ENDPOINT;
    if (!context.isAws || !endpoint) return [];
    const domain = await domainOf(endpoint);
    if (!domain || !hasEnded(domain.engineVersion)) return [];
    return [
      {
        ...{ check: "engine-version", subject: domain.arn },
        found: `AWS's standard support of ${domain.engineVersion} has ended on ${STANDARD_SUPPORT_END}; extended support costs more`,
        command: 'terraform apply, with search_domain = { engine_version = "OpenSearch_2.19" }',
      },
    ];
  });

/** @param engineVersion as DescribeDomains has it: `OpenSearch_2.9`, `Elasticsearch_7.10` */
function hasEnded(engineVersion: string): boolean {
  const [, engine, ...numbers] = /^(OpenSearch|Elasticsearch)_(\d+)\.(\d+)$/.exec(engineVersion) ?? [];
  const [major, minor] = numbers.map(Number);
  if (engine === undefined || major === undefined || minor === undefined) return false;
  if (engine === "OpenSearch") return (major === 1 && minor <= 2) || (major === 2 && minor <= 9);
  return major < 6 || (major === 6 && minor <= 7) || (major === 7 && minor <= 8);
}
