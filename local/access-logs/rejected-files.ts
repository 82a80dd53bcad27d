/** Files that are no logs that the function reads, by their first bytes, and what to do. */
const OTHER_FILES: readonly { readonly name: string; readonly begins: string; readonly advice: string }[] = [
  { name: "Parquet", begins: "50415231", advice: "deliver text or JSON instead" },
  { name: "a zip archive", begins: "504b0304", advice: "unpack it, and give the folder" },
  { name: "compressed by gzip twice", begins: "1f8b", advice: "gunzip it once" },
  { name: "compressed by Zstandard", begins: "28b52ffd", advice: "zstd -d writes the text" },
  { name: "compressed by bzip2", begins: "425a68", advice: "bunzip2 writes the text" },
  { name: "compressed by xz", begins: "fd377a585a", advice: "unxz writes the text" },
  { name: "UTF-16, not UTF-8", begins: "fffe", advice: "iconv -f UTF-16 -t UTF-8 writes the text" },
  { name: "UTF-16, not UTF-8", begins: "feff", advice: "iconv -f UTF-16 -t UTF-8 writes the text" },
];

/** Where the name of a tar archive's format is. */
const TAR_OFFSET = 257;

/**
 * Says why a file is not put, such as `it is a zip archive; unpack it, and give the folder`; undefined: it is text.
 *
 * @param head how it begins, inflated
 */
export function fileRejection(head: Buffer): string | undefined {
  const beginning = head.toString("hex", 0, 8);
  const other = OTHER_FILES.find(({ begins }) => beginning.startsWith(begins));
  if (other) return `it is ${other.name}; ${other.advice}`;
  if (head.toString("latin1", TAR_OFFSET, TAR_OFFSET + 5) === "ustar")
    return "it is a tar archive; unpack it, and give the folder";
  if (head.includes(0)) return "it is binary, no log";
  return undefined;
}
