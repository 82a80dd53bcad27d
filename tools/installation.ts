/** Set by the build of packages/commands; not declared in a clone of the repository. */
declare const COMMANDS_PACKAGE: string | undefined;

/** Name of the npm package whose program this is; undefined in a clone of the repository, which also has a local pipeline. */
export const packageName: string | undefined = typeof COMMANDS_PACKAGE === "undefined" ? undefined : COMMANDS_PACKAGE;

/**
 * Returns how a person starts a command here, up to its options.
 *
 * @param name such as `replay`
 * @returns `npm run replay --`, or `npx <package> replay`
 */
export const invocationOf = (name: string): string =>
  packageName === undefined ? `npm run ${name} --` : `npx ${packageName} ${name}`;

/** The same for a command whose standard output goes into a pipe or a file, where npm's own lines would be in the way. */
export const quietInvocationOf = (name: string): string =>
  packageName === undefined ? `npm run --silent ${name} --` : invocationOf(name);
