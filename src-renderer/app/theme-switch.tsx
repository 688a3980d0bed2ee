import { Monitor, Moon, Sun } from "lucide-react";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "../state/theme.ts";
import { Action } from "../ui/action.tsx";
import { Tip } from "../ui/tip.tsx";

const next: Record<ThemeChoice, ThemeChoice> = { system: "light", light: "dark", dark: "system" };
const words: Record<ThemeChoice, string> = { system: "as the system", light: "light", dark: "dark" };
const icons = { system: Monitor, light: Sun, dark: Moon };

/** One button that goes round: as the system, light, dark. */
export function ThemeSwitch() {
  const choice = useThemeChoice();
  const Icon = icons[choice];
  return (
    <Tip text={`Colours: ${words[choice]}. Press for ${words[next[choice]]}.`}>
      <Action kind="icon" aria-label={`Colours: ${words[choice]}`} onPress={() => chooseTheme(next[choice])}>
        <Icon size={16} aria-hidden />
      </Action>
    </Tip>
  );
}
