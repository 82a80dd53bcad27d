/** Source: AWS Lambda pricing page, US East (N. Virginia), arm64, first tier: USD per GB-second. */
const USD_PER_GB_SECOND = 0.0000133334;

/** Source: AWS Lambda Developer Guide "Configure Lambda function memory": the memory that comes with one vCPU, in MB. */
const VCPU_MB = 1769;

/**
 * The price of CPU time on Lambda, in USD. Below 1,769 MB a function gets a share of one vCPU in proportion to its memory:
 * half the memory takes twice as long and costs the same.
 */
export function lambdaUsd(cpuMs: number): number {
  return (cpuMs / 1000) * (VCPU_MB / 1024) * USD_PER_GB_SECOND;
}

/**
 * The heap limits that Lambda starts Node.js with.
 *
 * Source: /var/runtime/bootstrap of Lambda's Node.js runtimes.
 *
 * @param memoryMib the function's memory
 */
export function heapFlags(memoryMib: number): string[] {
  const newSpace = Math.floor(memoryMib / 10);
  return [`--max-semi-space-size=${Math.floor(newSpace / 2)}`, `--max-old-space-size=${memoryMib - newSpace}`];
}
