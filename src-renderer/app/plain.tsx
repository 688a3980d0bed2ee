import type { ReactNode } from "react";
import { Hidden } from "../ui/hidden.tsx";
import { Brand } from "./brand.tsx";
import styles from "./plain.module.css";

/** A page without the frame: one thing in the middle. `bare` where what stands there has no heading of its own. */
export function Plain({ children, bare = false }: { children: ReactNode; bare?: boolean }) {
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <Brand large />
        {bare ? <Hidden as="h1">Careboard</Hidden> : null}
        {children}
      </div>
    </main>
  );
}
