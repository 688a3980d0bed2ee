import type { StoreApi } from "zustand/vanilla";
import type { ShapeName } from "#shared/contract/sync.ts";
import type { DeskView } from "./desk-status-store.ts";
import { LiveQuestion, type Ask } from "./live-question.ts";

/** How many answers nobody looks at are kept, so that a screen one comes back to is painted at once. */
const kept = 60;

/** Who sees answers: nobody while the door isn't open, so that a lock throws them away. */
const inFront = ({ status }: DeskView): string | undefined =>
  status?.door.kind === "open" ? status.person?.id : undefined;

/** Every question of this window by its key: two tiles with the same question share one answer. */
export class LiveQuestions {
  readonly #desk: StoreApi<DeskView>;
  readonly #questions = new Map<string, LiveQuestion<unknown>>();
  #person: string | undefined;
  #minute: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: StoreApi<DeskView>, signal: AbortSignal) {
    this.#desk = desk;
    this.#person = inFront(desk.getState());
    const unfollow = desk.subscribe(() => this.#moved());
    signal.addEventListener("abort", () => {
      unfollow();
      clearTimeout(this.#minute);
    });
    this.#awaitMinute();
  }

  /** The question of that key; `ask` must depend on nothing that the key doesn't name. */
  of<T>(key: string, ask: Ask<T>, tables: readonly ShapeName[], everyMinute: boolean): LiveQuestion<T> {
    const name = `${key} ${tables.join(" ")} ${everyMinute}`;
    const held = this.#questions.get(name);
    // The key decides what is asked, and so the type of the answer.
    if (held !== undefined) return held as LiveQuestion<T>;
    const question = new LiveQuestion<T>(ask, tables, everyMinute, {
      mark: (tables) => this.#mark(tables),
      reachable: () => this.#desk.getState().link.kind === "open",
    });
    this.#prune();
    this.#questions.set(name, question);
    return question;
  }

  /** What an answer over these tables rests on. A desk that started anew counts its revisions anew, hence `opened`. */
  #mark(tables: readonly ShapeName[]): string {
    const { status, link } = this.#desk.getState();
    const opened = link.kind === "open" ? link.opened : 0;
    const revisions = tables.map((table) => status?.revision[table] ?? 0);
    // A verb that needs the server is worth another try as soon as the server is there again.
    const server = status?.state === "offline" || status?.state === "refused" ? "away" : "there";
    return [opened, status?.person?.id, status?.usable, server, ...revisions].join(" ");
  }

  #moved(): void {
    const person = inFront(this.#desk.getState());
    if (person !== this.#person) {
      this.#person = person;
      for (const [name, question] of this.#questions) {
        question.forget();
        if (!question.watched) this.#questions.delete(name);
      }
    }
    for (const question of this.#questions.values()) question.look();
  }

  #awaitMinute(): void {
    this.#minute = setTimeout(
      () => {
        for (const question of this.#questions.values()) if (question.everyMinute) question.again();
        this.#awaitMinute();
      },
      60_000 - (Date.now() % 60_000),
    );
  }

  #prune(): void {
    const idle = [...this.#questions].filter(([, question]) => !question.watched);
    for (const [name] of idle.slice(0, Math.max(0, idle.length - kept))) this.#questions.delete(name);
  }
}
