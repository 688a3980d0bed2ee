import { type ReactNode, useEffect } from "react";
import { cx } from "../ui/cx.ts";
import { Hidden } from "../ui/hidden.tsx";
import { Brand } from "./brand.tsx";
import styles from "./plain.module.css";

/** A page without the frame: one thing in the middle. Without a title, what stands there has no heading of its own. */
export function Plain(props: { title?: string; text?: ReactNode; wide?: boolean; children: ReactNode }) {
  const { title, text, wide = false, children } = props;
  useEffect(() => {
    document.title = title === undefined ? "Careboard" : `${title} · Careboard`;
  }, [title]);
  return (
    <main className={styles.page}>
      <div className={cx(styles.box, wide && styles.wide)}>
        <Brand large />
        {title === undefined ? (
          <Hidden as="h1">Careboard</Hidden>
        ) : (
          <div>
            <h1 className={styles.title}>{title}</h1>
            {text ? <div className={styles.text}>{text}</div> : null}
          </div>
        )}
        {children}
      </div>
    </main>
  );
}
