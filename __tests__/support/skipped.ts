/**
 * `describe` and `it`: as they are under `condition`; otherwise those that skip, with the reason in the title, where the
 * summary's reporter reads it.
 *
 * @param reason what has to be done so that they run: "ENGINES=all"
 */
export function skippedUnless(condition: unknown, reason: string): { describe: jest.Describe; it: jest.It } {
  if (condition) return { describe, it };
  const mark = ` [skipped: ${reason}]`;
  return {
    describe: marked(describe.skip, mark) as unknown as jest.Describe,
    it: marked(it.skip, mark) as unknown as jest.It,
  };
}

type Skip = typeof describe.skip | typeof it.skip;

function marked(skip: Skip, mark: string) {
  const one = (title: string, ...rest: unknown[]) => (skip as CallableFunction)(title + mark, ...rest);
  const each =
    (...table: unknown[]) =>
    (title: string, ...rest: unknown[]) =>
      (skip.each as CallableFunction)(...table)(title + mark.replaceAll("%", "%%"), ...rest);
  return Object.assign(one, { each });
}
