import { cx } from "../ui/cx.ts";
import styles from "./brand.module.css";

export function Brand({ large = false }: { large?: boolean }) {
  return (
    <span className={cx(styles.brand, large && styles.large)}>
      <svg className={styles.mark} viewBox="0 0 18 18" aria-hidden>
        <rect x="0" y="0" width="5" height="18" rx="1.6" fill="var(--accent)" />
        <rect x="6.5" y="0" width="5" height="18" rx="1.6" fill="var(--c3)" />
        <rect x="13" y="0" width="5" height="18" rx="1.6" fill="var(--c2)" />
      </svg>
      Careboard
    </span>
  );
}
