/**
 * Returns what is awaited; undefined: so many milliseconds have passed first. The work goes on.
 *
 * @throws what the work throws in that time
 */
export async function beforeTimeout<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  if (ms <= 0) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
