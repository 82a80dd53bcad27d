/** The rest of a field's name, as its dotted parts, that leads from an object to a field in it. */
export type RestOfName = readonly string[];

/** Returns the parts of a field's name. Engines drop empty parts at the end of a name: they take `user.` for `user`. */
export function partsOfName(name: string): string[] {
  if (!name.includes(".")) return [name];
  const parts = name.split(".");
  while (parts.length > 1 && parts.at(-1) === "") parts.pop();
  return parts;
}

/** Returns where a message may have a field: a member that collides with the pipeline's own is under `json` in the document. */
export function placesInMessage(name: string): RestOfName[] {
  const parts = partsOfName(name);
  return parts[0] === "json" && parts.length > 1 ? [parts, parts.slice(1)] : [parts];
}

/**
 * Decides what a member's name means for the fields that are looked for.
 *
 * @returns `true` if the member is one of them, or within one; otherwise the rests of those that are within the member
 */
export function follow(rests: readonly RestOfName[], name: string): readonly RestOfName[] | true {
  if (rests.length === 0) return rests;
  const parts = partsOfName(name);
  const next: RestOfName[] = [];
  for (const rest of rests) {
    const common = Math.min(rest.length, parts.length);
    if (!parts.slice(0, common).every((part, i) => part === rest[i])) continue;
    if (rest.length <= parts.length) return true;
    next.push(rest.slice(common));
  }
  return next;
}
