interface SearchNotesProps {
  readonly error: string | undefined;
  /** Of the answer that is shown. */
  readonly notes: readonly string[];
}

/** What is wrong with what is shown, above it. */
export const SearchNotes = ({ error, notes }: SearchNotesProps) => (
  <>
    {error && (
      <div class="panel search-problem" role="alert">
        {error.split("\n").map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    )}
    {notes.map((note) => (
      <p key={note} class="panel search-problem" role="status">
        {note}
      </p>
    ))}
  </>
);
