import type { ReactNode } from "react";
import { Brand } from "./brand.tsx";
import styles from "./plain.module.css";

/** A page without the frame: one thing in the middle. */
export function Plain({ children }: { children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <Brand large />
        {children}
      </div>
    </main>
  );
}
