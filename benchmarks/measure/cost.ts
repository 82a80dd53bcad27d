/** Source: AWS Lambda pricing page, US East (N. Virginia), arm64, first tier: USD per GB-second. */
const USD_PER_GB_SECOND = 0.0000133334;

/** Source: AWS Lambda Developer Guide "Configure Lambda function memory": the memory that comes with one whole vCPU, in MB. */
const VCPU_MB = 1769;

/**
 * What Lambda bills for CPU time, in USD. Below 1,769 MB a function gets its share of one vCPU: half the memory takes twice
 * as long and costs the same.
 */
export function lambdaUsd(cpuMs: number): number {
  return (cpuMs / 1000) * (VCPU_MB / 1024) * USD_PER_GB_SECOND;
}

/** How long the work takes at a memory size of up to 1,769 MB, in milliseconds. */
export function billedMs(cpuMs: number, memoryMb: number): number {
  return cpuMs * (VCPU_MB / Math.min(memoryMb, VCPU_MB));
}
