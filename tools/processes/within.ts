/**
 * Resolves with the first of `outcomes`, or after the deadline with a text such as `not ready after 60 seconds`.
 *
 * @param seconds undefined: no limit
 * @param what such as `ready`
 */
export async function within<Outcome>(
  seconds: number | undefined,
  what: string,
  ...outcomes: Promise<Outcome>[]
): Promise<Outcome | string> {
  if (seconds === undefined) return Promise.race(outcomes);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`not ${what} after ${seconds} seconds`), seconds * 1000);
  });
  try {
    return await Promise.race([...outcomes, late]);
  } finally {
    clearTimeout(timer);
  }
}
