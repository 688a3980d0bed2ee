import type { ReactNode } from "react";
import styles from "./hidden.module.css";

/** For ears only: what the eye gets from the layout. */
export function Hidden({ children, as: Tag = "span" }: { children: ReactNode; as?: "span" | "h1" | "h2" | "caption" }) {
  return <Tag className={styles.hidden}>{children}</Tag>;
}
