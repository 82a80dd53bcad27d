import type { EngineSearch } from "../../local/page/search/engine-search";
import type { IndexFields } from "../../local/page/search/index-fields";
import { wholeAnswer } from "./search-answer";

/** A document of a fake engine. */
export interface FakeEvent {
  readonly _index: string;
  readonly _id: string;
  readonly time: number;
  readonly sequence: number;
  readonly message?: string;
}

interface FakeSearchBody {
  readonly size: number;
  readonly search_after?: readonly [number, string, number];
}

const compared = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

type Place = readonly [number, string, number];

/** As `eventSort("desc")`: of one place, as a shard's number happens to have it. */
const latestFirst = (a: Place, b: Place): number => b[0] - a[0] || compared(b[1], a[1]) || b[2] - a[2];

const placeIn = ({ time, _index, sequence }: FakeEvent): Place => [time, _index, sequence];

/** Finds all events, the latest first, in pages; keeps what it is asked. */
export function fakeEngineSearch(events: readonly FakeEvent[]): EngineSearch & { bodies: FakeSearchBody[] } {
  const sorted = events.toSorted((a, b) => latestFirst(placeIn(a), placeIn(b)));
  const bodies: FakeSearchBody[] = [];
  return {
    bodies,
    async ask(_api, given) {
      const body = given as FakeSearchBody;
      bodies.push(body);
      const { search_after: after, size } = body;
      const found = sorted.filter((event) => !after || latestFirst(placeIn(event), after) > 0).slice(0, size);
      const hits = found.map(({ _index, _id, time, sequence, message = _id }) => ({
        ...{ _index, _id, sort: [time, _index, sequence] },
        _source: { "@timestamp": new Date(time).toISOString(), message },
      }));
      const aggregations = { all: { doc_count: sorted.length } };
      return JSON.stringify({ ...wholeAnswer(), hits: { hits }, aggregations });
    },
  };
}

export const KNOWN_FIELDS = async (): Promise<IndexFields> => ({
  names: [],
  groups: [{ exact: "aws.cloudwatch.log_group", other: undefined }],
  streams: [],
  closed: [],
});
