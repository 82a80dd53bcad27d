import { type FaultDefinition, nothingToHeal } from "./fault";

/** More than index.mapping.total_fields.limit, whose default is 1,000. */
const BOMB_FIELDS = 3_000;

const lines = { site: "log lines" } as const;

/** One line or record; the fault is over once it is put. */
export const lineFaults: readonly FaultDefinition[] = [
  {
    ...lines,
    id: "mapping-bomb",
    title: "Mapping bomb",
    does: "Somebody logs JSON with 3,000 fields of new names.",
    expect: "The event is indexed with its text, the mapping does not grow without bounds, and no other event waits.",
    async begin({ putLine }, strike) {
      const stamp = Date.now().toString(36);
      const fields = Array.from({ length: BOMB_FIELDS }, (_, n) => [`bomb_${stamp}_${n}`, n]);
      await putLine(JSON.stringify(Object.fromEntries(fields)));
      strike();
      return nothingToHeal;
    },
  },
  {
    ...lines,
    id: "poison-record",
    title: "Poison record",
    does: "A record of the stream begins like gzip and is corrupt.",
    expect: "It is kept in dead-letter/ with the reason, and the records around it are delivered.",
    async begin({ putRecord }, strike) {
      await putRecord(Buffer.concat([Buffer.from("1f8b08", "hex"), Buffer.from("poison".repeat(20))]));
      strike();
      return nothingToHeal;
    },
  },
];
