/** What the decision needs to know of the machine; the rooms fill it in. */
export type Machine = {
  platform: string;
  env: Record<string, string | undefined>;
  /** The person's home folder. */
  home: string;
  /** A short name of the source checkout this runs from, or null for an installed product. */
  checkout: string | null;
};

/**
 * Where Careboard keeps its data: CAREBOARD_HOME, else the platform's local application data (never a roaming profile,
 * which would copy patient data to a file server at each log-off). Two checkouts keep apart from each other.
 */
export function dataHome({ platform, env, home, checkout }: Machine): string {
  if (env.CAREBOARD_HOME) return env.CAREBOARD_HOME;
  const separator = platform === "win32" ? "\\" : "/";
  const base =
    platform === "win32"
      ? [env.LOCALAPPDATA ?? `${home}\\AppData\\Local`, "Careboard"]
      : platform === "darwin"
        ? [home, "Library", "Application Support", "Careboard"]
        : [env.XDG_DATA_HOME ?? `${home}/.local/share`, "careboard"];
  return [...base, ...(checkout ? [checkout] : [])].join(separator);
}
