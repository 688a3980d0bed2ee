import { CalendarClock, ChartSpline, type LucideIcon, PhoneCall, ShieldCheck } from "lucide-react";
import type { Screen } from "../state/routes.ts";
import { writeRoute } from "../state/routes.ts";
import type { ScreenEntry } from "../state/screens.ts";
import { Brand } from "./brand.tsx";
import styles from "./nav.module.css";

const icons: Partial<Record<Screen, LucideIcon>> = {
  today: CalendarClock,
  calls: PhoneCall,
  trends: ChartSpline,
  administration: ShieldCheck,
};

export function Nav({ entries, current }: { entries: readonly ScreenEntry[]; current: Screen }) {
  return (
    <nav className={styles.nav} aria-label="Screens">
      <div className={styles.brand}>
        <Brand />
      </div>
      {entries.map(({ screen, title }) => {
        const Icon = icons[screen] ?? CalendarClock;
        return (
          <a
            key={screen}
            href={writeRoute({ screen })}
            className={styles.link}
            aria-current={screen === current ? "page" : undefined}
          >
            <Icon size={16} aria-hidden />
            <span>{title}</span>
          </a>
        );
      })}
    </nav>
  );
}
