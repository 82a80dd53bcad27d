/**
 * Objects in the Elastic Common Schema and in some loggers, texts in others. In an index of both one would keep out the
 * other, so that whatever is no object is not at a document's root.
 */
export const OBJECT_NAMES = ["service", "error", "err", "log"];

/** Objects whose names are data: the index template has one field for each. */
export const LABEL_NAMES: readonly string[] = ["labels", "annotations"];
