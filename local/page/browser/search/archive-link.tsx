import type { ArchivedAnswer } from "../../shared/search-answers";
import type { HitPlace } from "../../shared/search-view";
import { integerText } from "../ui/format";
import { visibleText } from "../ui/visible-text";
import { placeQuery, useAnswer } from "./use-answer";

/** The object of the archive that holds an event. */
export function ArchiveLink({ place }: { readonly place: HitPlace }) {
  const query = placeQuery(place);
  const { answer, error } = useAnswer<ArchivedAnswer>("api/search/archived", query);
  if (error) return <p role="alert">{error}</p>;
  if (!answer) return <p class="quiet">Looking for the object …</p>;
  if (!answer.object) return <p>{answer.reason}</p>;
  const { bucket, key, bytes, line } = answer.object;
  return (
    <p class="wrap">
      {/* The address is the page's own; the object's name is only shown. */}
      <a href={`api/search/object?${query}`} download>
        {visibleText(`s3://${bucket}/${key}`)}
      </a>
      {line !== undefined && `, line ${integerText(line)}`}
      {bytes !== undefined && `, ${integerText(bytes)} bytes`}
    </p>
  );
}
