import type { InputRule } from "../inputs/rules";

/** The logs that OpenSearch Service publishes, by their type, with the end of the log group's name. */
export const DOMAIN_LOGS = {
  ES_APPLICATION_LOGS: "application-logs",
  INDEX_SLOW_LOGS: "index-slow-logs",
  SEARCH_SLOW_LOGS: "search-slow-logs",
  AUDIT_LOGS: "audit-logs",
} as const;

/** How the names of the log groups of all domains begin, as the console of AWS has it. */
export const DOMAINS_LOGS_PREFIX = "/aws/OpenSearchService/domains/";

/** The same of one domain's. @param name of the domain */
export const domainLogsPrefix = (name: string): string => `${DOMAINS_LOGS_PREFIX}${name}/`;

const audited: InputRule = {
  about: ["auditLogGroupArn", "logTypes", "masterUserArn", "masterUserSecretArn"],
  allowed:
    "AUDIT_LOGS in log_types, or audit_log_group_arn, only with master_user_arn or master_user_secret_arn: fine-grained access control alone " +
    "writes audit logs (OpenSearch Service Developer Guide, Monitoring audit logs)",
  accepts: (value) => {
    const { auditLogGroupArn, logTypes, masterUserArn, masterUserSecretArn } = Object(value);
    const isAudited = auditLogGroupArn !== null || [logTypes].flat().includes("AUDIT_LOGS");
    return !isAudited || masterUserArn !== null || masterUserSecretArn !== null;
  },
  condition: (domain) =>
    `(${domain}.audit_log_group_arn == null && !contains(${domain}.log_types, "AUDIT_LOGS")) || ` +
    `${domain}.master_user_arn != null || ${domain}.master_user_secret_arn != null`,
};

const oneGroupEach: InputRule = {
  about: ["auditLogGroupArn", "logTypes"],
  allowed: "each type once in log_types, and AUDIT_LOGS only without audit_log_group_arn: each log has one log group",
  accepts: (value) => {
    const { auditLogGroupArn, logTypes } = Object(value);
    const types = [logTypes, auditLogGroupArn === null ? [] : "AUDIT_LOGS"].flat();
    return new Set(types).size === types.length;
  },
  condition: (domain) =>
    `length(distinct(${domain}.log_types)) == length(${domain}.log_types) && ` +
    `(${domain}.audit_log_group_arn == null || !contains(${domain}.log_types, "AUDIT_LOGS"))`,
};

/** The rules about logs between the attributes of `search_domain`. */
export const domainLogRules: readonly InputRule[] = [audited, oneGroupEach];
