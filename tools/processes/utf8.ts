/**
 * Variables for programs that take the encoding of paths from the locale, such as Java on Linux: in another locale than a
 * UTF-8 one they cannot open a folder named `größer`. Every current Linux has this locale, whatever the person's own is;
 * macOS does without.
 *
 * Source: JDK, `sun.jnu.encoding` in java_props_md.c.
 */
export const UTF8 = { LC_ALL: "C.UTF-8" } as const;
