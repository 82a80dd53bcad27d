import { type ListedShard, Shards, type StartingPosition } from "../../../../local/event-source-mapping/kinesis/shards";

const shard = (id: string, parents: string[] = [], open = true): ListedShard => ({ id, parents, open });

/** Shards whose polls end when the test says so. */
function prepare(from: "TRIM_HORIZON" | "LATEST" = "TRIM_HORIZON") {
  const started: [id: string, from: string][] = [];
  const ends = new Map<string, () => void>();
  const finished: string[] = [];
  const poll = (id: string, position: StartingPosition, signal: AbortSignal) => {
    started.push([id, String(position)]);
    return new Promise<void>((resolve) => {
      ends.set(id, resolve);
      signal.addEventListener("abort", () => resolve());
    });
  };
  const shards = new Shards(poll, from, () => finished.push("one"));
  const end = async (id: string) => {
    ends.get(id)!();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { shards, started, end, finished };
}

describe("Shards", () => {
  const family = [shard("a", [], false), shard("b", [], false), shard("ab", ["a", "b"], false), shard("c", ["ab"])];

  it("reads a shard when all its parents have ended, each once, from its beginning", async () => {
    const { shards, started, end, finished } = prepare();
    const update = () => shards.update({ createdAt: 1, shards: family });
    await update();
    expect(started.map(([id]) => id)).toEqual(["a", "b"]);
    await end("a");
    await update();
    expect(started.map(([id]) => id)).toEqual(["a", "b"]);
    await end("b");
    await update();
    await end("ab");
    await update();
    await update();
    expect(started).toEqual(["a", "b", "ab", "c"].map((id) => [id, "TRIM_HORIZON"]));
    expect(finished).toHaveLength(3);
  });

  it("does not wait for a parent that has expired", async () => {
    const { shards, started } = prepare();
    await shards.update({ createdAt: 1, shards: [shard("c", ["ab"])] });
    expect(started).toEqual([["c", "TRIM_HORIZON"]]);
  });

  it("polls open shards from LATEST, and new shards from their beginning", async () => {
    const { shards, started, end } = prepare("LATEST");
    await shards.update({ createdAt: 1, shards: family });
    await end("c");
    await shards.update({
      createdAt: 1,
      shards: [...family.slice(0, 3), shard("c", ["ab"], false), shard("d", ["c"])],
    });
    expect(started).toEqual([
      ["c", "LATEST"],
      ["d", "TRIM_HORIZON"],
    ]);
  });

  it("reads a recreated stream from its beginning, even if its shards have the same names", async () => {
    const { shards, started, end } = prepare();
    await shards.update({ createdAt: 1, shards: [shard("a")] });
    await shards.update({ createdAt: 2, shards: [shard("a")] });
    expect(started).toHaveLength(2);
    await end("a");
    await shards.update({ createdAt: 2, shards: [shard("a", [], false), shard("b", ["a"])] });
    expect(started.map(([id]) => id)).toEqual(["a", "a", "b"]);
  });

  it("starts nothing once it is stopped, even if a listing comes later", async () => {
    const { shards, started } = prepare();
    await shards.update({ createdAt: 1, shards: [shard("a")] });
    const late = shards.update({ createdAt: 2, shards: [shard("a")] });
    await shards.stop();
    await late;
    expect(started).toHaveLength(1);
  });
});
