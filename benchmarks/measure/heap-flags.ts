/**
 * The heap's limits that Lambda starts Node.js with.
 *
 * Source: /var/runtime/bootstrap of Lambda's Node.js runtimes.
 *
 * @param memoryMib the function's memory
 */
export function heapFlags(memoryMib: number): string[] {
  const newSpace = Math.floor(memoryMib / 10);
  return [`--max-semi-space-size=${Math.floor(newSpace / 2)}`, `--max-old-space-size=${memoryMib - newSpace}`];
}
