import { type FileKind, fileKindOf } from "../../core/gzip/file-kinds";

/** Files that are no logs that the function reads, and what to do. */
const OTHER_FILES: Readonly<Record<FileKind, { readonly name: string; readonly advice: string }>> = {
  gzip: { name: "compressed by gzip twice", advice: "gunzip it once" },
  zip: { name: "a zip archive", advice: "unpack it, and put its files" },
  zstd: { name: "compressed by Zstandard", advice: "zstd -d writes the text" },
  bzip2: { name: "compressed by bzip2", advice: "bunzip2 writes the text" },
  xz: { name: "compressed by xz", advice: "unxz writes the text" },
  Parquet: { name: "Parquet", advice: "deliver text or JSON instead" },
  ORC: { name: "ORC", advice: "deliver text or JSON instead" },
  "UTF-16": { name: "UTF-16, not UTF-8", advice: "iconv -f UTF-16 -t UTF-8 writes the text" },
};

/** Where the name of a tar archive's format is. */
const TAR_OFFSET = 257;

/**
 * Says why a file is not put, such as `it is a zip archive; unpack it, and put its files`; undefined: it is text.
 *
 * @param head how it begins, inflated
 */
export function fileRejection(head: Buffer): string | undefined {
  const kind = fileKindOf(head);
  if (kind) return `it is ${OTHER_FILES[kind].name}; ${OTHER_FILES[kind].advice}`;
  if (head.toString("latin1", TAR_OFFSET, TAR_OFFSET + 5) === "ustar")
    return "it is a tar archive; unpack it, and put its files";
  if (head.includes(0)) return "it is binary, no log";
  return undefined;
}
