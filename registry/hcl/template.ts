/** A part of a Terraform template: literal text, or an expression between `${` and `}`. */
export type Part = { readonly text: string } | { readonly expression: string };

/**
 * Splits a template of Terraform's JSON syntax into its parts.
 *
 * @throws Error when an interpolation does not end
 */
export function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let text = "";
  for (let at = 0; at < template.length; ) {
    if (template.startsWith("$${", at)) {
      text += "$${";
      at += 3;
    } else if (template.startsWith("${", at)) {
      const end = endOfInterpolation(template, at);
      parts.push(...(text ? [{ text }] : []), { expression: template.slice(at + 2, end).trim() });
      text = "";
      at = end + 1;
    } else {
      text += template[at++];
    }
  }
  return text ? [...parts, { text }] : parts;
}

/** Index of the `}` that closes the `${` at `start`. */
export function endOfInterpolation(source: string, start: number): number {
  let depth = 0;
  for (let at = start + 1; at < source.length; at++) {
    const character = source[at];
    if (character === '"') {
      at = endOfQuoted(source, at);
    } else if (character === "{") {
      depth++;
    } else if (character === "}" && --depth === 0) {
      return at;
    }
  }
  throw new Error(`\${ without } in ${source}`);
}

/** Index of the quote that ends the string literal at `start`, which may contain interpolations. */
export function endOfQuoted(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") {
      at++;
    } else if (source.startsWith("$${", at)) {
      at += 2;
    } else if (source.startsWith("${", at)) {
      at = endOfInterpolation(source, at);
    } else if (source[at] === '"') {
      return at;
    }
  }
  throw new Error(`a string does not end in ${source}`);
}
