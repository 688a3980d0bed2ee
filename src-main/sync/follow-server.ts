import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import { together } from "#shared/sync/desk-state.ts";
import type { ShapePhase } from "#shared/sync/shape-phase.ts";
import type { Applier } from "./applier.ts";
import { expectedRows } from "./expected-rows.ts";
import { type Following, followShape } from "./follow-shape.ts";
import { isRollup } from "./is-rollup.ts";
import type { Refusal, SyncView } from "./sync-view.ts";

export type ServerFollowing = {
  event: () => SyncView["event"];
  problem: () => string | null;
  refusal: () => Refusal | null;
  retry: () => void;
  /** Requests from now on use this token. */
  retoken: (token: string) => void;
  stop: () => Promise<void>;
};

type Options = {
  server: string;
  token: string;
  /** What the person's replica consists of. */
  shapes: readonly ShapeName[];
  applier: Applier;
  onChange: () => void;
  onBroken: (error: unknown) => void;
};

/**
 * Follows the shapes of a session, once the rows of all others have left (SPEC.md 14 and 15). Calls come last, once what they refer
 * to was up to date for the first time: SPEC.md 12.
 */
export async function followServer(options: Options): Promise<ServerFollowing> {
  const { server, applier, onChange, onBroken } = options;
  // A desk that holds calls adds them up itself: rollups as rows beside those would count them twice.
  const shapes = shapeName.options.filter(
    (s) => options.shapes.includes(s) && !(isRollup(s) && options.shapes.includes("calls")),
  );
  await applier.consistOf(shapes);
  let { token } = options;
  const loops = new Map<ShapeName, Following>();
  const said = new Map<ShapeName, { problem: string | null; refusal: Refusal | null }>();
  let stopped = false;

  const phases = (): ShapePhase[] => shapes.map((s) => loops.get(s)?.phase() ?? "fetching");
  const follow = (shape: ShapeName) => {
    const onPhase = (_phase: ShapePhase, problem: string | null, refusal: Refusal | null) => {
      said.set(shape, { problem, refusal });
      begin();
      onChange();
    };
    const loop = followShape({ server, token: () => token, shape, applier, onPhase });
    loops.set(shape, loop);
    loop.done.catch(onBroken);
  };
  const begin = () => {
    if (stopped) return;
    const others = shapes.filter((s) => s !== "calls");
    for (const shape of shapes) {
      if (loops.has(shape)) continue;
      if (shape !== "calls" || others.every((s) => applier.held(s).upToDateAt !== null)) follow(shape);
    }
  };

  begin();
  const expect = async () => {
    for (const { name, rows } of await expectedRows(server, token)) applier.expect(name, rows);
    onChange();
  };
  void expect();
  return {
    // A loop that is not begun yet fetches nothing by itself, so another's rest counts for all.
    event: () => together(phases()),
    problem: () => [...said.values()].find((s) => s.problem !== null)?.problem ?? null,
    refusal: () => [...said.values()].find((s) => s.refusal !== null)?.refusal ?? null,
    retry: () => loops.forEach((l) => l.retry()),
    retoken: (next) => {
      if (next === token) return;
      token = next;
      loops.forEach((l) => l.retoken());
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...loops.values()].map((l) => l.stop()));
    },
  };
}
