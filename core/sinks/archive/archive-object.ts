/** An object of the archive bucket; docs/archive.md has the layout. */
export interface ArchiveObject {
  key: string;
  body: Buffer;
  contentType: string;
  metadata: Record<string, string>;
}
