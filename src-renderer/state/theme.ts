import { useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { persist } from "zustand/middleware";
import { createStore } from "zustand/vanilla";

export type ThemeChoice = "system" | "light" | "dark";
export type Theme = "light" | "dark";

const choice = createStore<{ choice: ThemeChoice }>()(
  persist(() => ({ choice: "system" as ThemeChoice }), { name: "careboard.theme", version: 1 }),
);
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

const effective = (): Theme => {
  const chosen = choice.getState().choice;
  return chosen === "system" ? (darkSystem.matches ? "dark" : "light") : chosen;
};

const subscribe = (changed: () => void) => {
  const stop = choice.subscribe(changed);
  darkSystem.addEventListener("change", changed);
  return () => {
    stop();
    darkSystem.removeEventListener("change", changed);
  };
};

/** The theme in force: what was chosen, or what the system prefers. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, effective);
export const useThemeChoice = (): ThemeChoice => useStore(choice, (state) => state.choice);

export function chooseTheme(next: ThemeChoice): void {
  choice.setState({ choice: next });
}

/** Before the first painting, so that a dark desk never flashes white. */
export function startTheme(): void {
  const apply = () => {
    document.documentElement.dataset["theme"] = effective();
  };
  apply();
  subscribe(apply);
}
