import { type ShapeName, shapeName } from "#shared/contract/sync.ts";
import { together } from "#shared/sync/desk-state.ts";
import type { ShapePhase } from "#shared/sync/shape-phase.ts";
import type { Applier } from "./applier.ts";
import { expectedRows } from "./expected-rows.ts";
import { type Following, followShape } from "./follow-shape.ts";
import type { SyncView } from "./sync-view.ts";

export type ServerFollowing = {
  event: () => SyncView["event"];
  problem: () => string | null;
  retry: () => void;
  /** Requests from now on use this token. */
  retoken: (token: string) => void;
  stop: () => Promise<void>;
};

type Options = {
  server: string;
  token: string;
  applier: Applier;
  onChange: () => void;
  onBroken: (error: unknown) => void;
};

/** Follows all shapes of a session. Calls come last, once what they refer to was up to date for the first time: SPEC.md 12. */
export function followServer({ server, token: first, applier, onChange, onBroken }: Options): ServerFollowing {
  let token = first;
  const loops = new Map<ShapeName, Following>();
  const said = new Map<ShapeName, string | null>();
  let stopped = false;

  const phases = (): ShapePhase[] => shapeName.options.map((s) => loops.get(s)?.phase() ?? "fetching");
  const follow = (shape: ShapeName) => {
    const onPhase = (_phase: ShapePhase, problem: string | null) => {
      said.set(shape, problem);
      begin();
      onChange();
    };
    const loop = followShape({ server, token: () => token, shape, applier, onPhase });
    loops.set(shape, loop);
    loop.done.catch(onBroken);
  };
  const begin = () => {
    if (stopped) return;
    for (const shape of shapeName.options) {
      if (loops.has(shape)) continue;
      const others = shapeName.options.filter((s) => s !== "calls");
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
    problem: () => [...said.values()].find((s) => s !== null) ?? null,
    retry: () => loops.forEach((l) => l.retry()),
    retoken: (next) => {
      token = next;
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...loops.values()].map((l) => l.stop()));
    },
  };
}
