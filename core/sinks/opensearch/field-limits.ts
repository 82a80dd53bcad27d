/**
 * Limits of a message that is sent as fields; beyond one of them it is sent as text at once. They do not depend on the index: what
 * is beyond them stops a node, or keeps it busy for minutes, before it can reject the document. docs/documents.md lists them.
 *
 * Measured on OpenSearch 2.19.6 with a heap of 256 MiB: a request of 5 MiB, full of events at the limit, which it takes or rejects.
 */
export const FIELD_LIMITS = {
  /**
   * Objects and arrays in each other, and dots in names, which engines expand into objects.
   *
   * Engines reject more than 20 by default; but one document of a thousand kills the node that parses it, by a stack overflow.
   */
  levels: 100,
  /**
   * Names, as often as they occur, dots in them, and values of arrays. Until an index has a field, an engine makes it anew for each.
   *
   * 13 to 20 s of CPU time; 46 s if the names are the shortest possible; 28 s if all are of numbers, with the pipeline's template.
   * CloudTrail's events have a name for each 26 bytes or more, which are 10,000 in the longest event, of 256 KB.
   */
  steps: 20_000,
  /**
   * Characters of one name.
   *
   * Names stay in the index's mapping, which each node holds: 1,000 fields of this length are 0.5 MB. The longest label of
   * Kubernetes has 317.
   */
  nameLength: 512,
  /** Characters of all names, as often as they occur: 0.6 s of CPU time. */
  namesLength: 262_144,
  /**
   * Characters of the paths of all members and values of arrays: of its name and those that it is in, each with a dot.
   *
   * An engine writes the path out for each: 3 s of CPU time.
   */
  pathsLength: 4_194_304,
  /**
   * Digits of one number, or of a text that is a number, in any script.
   *
   * 0.6 s of CPU time. The time for one number grows with their square.
   */
  digits: 1_000,
} as const;
