/**
 * Variables for programs that derive the encoding of paths from the locale, such as Java on Linux: without a UTF-8 locale they
 * cannot open a folder named `größer`. Every current Linux has this locale, whatever the user's own is; macOS needs none.
 *
 * Source: JDK, `sun.jnu.encoding` in java_props_md.c.
 */
export const UTF8 = { LC_ALL: "C.UTF-8" } as const;
