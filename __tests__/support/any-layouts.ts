import fc from "fast-check";
import { layoutsOfSettings } from "../../core/events/configured-layouts";
import type { IndexLayouts } from "../../core/events/index-layout";
import { INDEX_PERIODS } from "../../core/settings/index-periods";

const HOUR_MS = 3_600_000;

const part = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/);

/** Of log groups that have an index of their own, and of "foo" and "bar", which may share one. */
const anyNames = fc.record({
  prefix: part,
  period: fc.constantFrom(...INDEX_PERIODS),
  indices: fc.dictionary(fc.constantFrom("foo", "bar"), part).map((shared) => new Map(Object.entries(shared))),
  defaultIndex: fc.oneof(fc.constant(""), part),
});

/** Any layouts that changed at the whole hours of up to three of these times. */
export const layoutsChangedAt = (time: fc.Arbitrary<number>): fc.Arbitrary<IndexLayouts> =>
  fc
    .tuple(
      anyNames,
      fc.uniqueArray(
        time.map((ms) => ms - (ms % HOUR_MS)),
        { maxLength: 3 },
      ),
      fc.infiniteStream(anyNames),
    )
    .map(([current, boundaries, earlier]) => {
      const sorted = boundaries.sort((a, b) => a - b);
      return layoutsOfSettings({ ...current, history: sorted.map((until) => ({ until, ...earlier.next().value })) });
    });
