import type { LaneNode, PageLane } from "../../shared/page-state";

/** Of more log groups, the first are shown. */
const MAX_SHOWN = 5;

/** The way of an event as boxes, from left to right or from top to bottom. */
export function Flow({ lane }: { readonly lane: PageLane }) {
  const { sources, stream, destinations } = lane;
  const stages = [sources, [stream], lane.function ? [lane.function] : [], destinations];
  return (
    <ol class="flow" aria-label="The way of an event">
      {stages
        .filter((nodes) => nodes.length > 0)
        .map((nodes, index) => (
          <li key={index} class={lane.isAlive ? "stage alive" : "stage"}>
            {nodes.slice(0, MAX_SHOWN).map((node) => (
              <Node key={`${node.kind} ${node.name}`} node={node} />
            ))}
            {nodes.length > MAX_SHOWN && (
              <details class="lanes-more">
                <summary class="quiet">and {nodes.length - MAX_SHOWN} more</summary>
                {nodes.slice(MAX_SHOWN).map(({ kind, name }) => (
                  <div key={`${kind} ${name}`} class="wrap">
                    {name}
                  </div>
                ))}
              </details>
            )}
          </li>
        ))}
    </ol>
  );
}

function Node({ node: { kind, name, address } }: { readonly node: LaneNode }) {
  return (
    <div class="node" title={address}>
      <span class="quiet">{kind}</span>
      <span class="wrap">{name}</span>
    </div>
  );
}
