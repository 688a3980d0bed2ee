import { TriangleAlert } from "lucide-react";
import { Hidden } from "./hidden.tsx";
import styles from "./limited.module.css";

/** A figure that may break a limit: then it says so with a mark, a weight and a colour together, and in words for ears. */
export function Limited({ text, broken }: { text: string; broken: string | undefined }) {
  if (broken === undefined) return text;
  return (
    <span className={styles.broken} title={broken}>
      <TriangleAlert size={11} strokeWidth={2.6} aria-hidden />
      <Hidden>{broken}: </Hidden>
      <b>{text}</b>
    </span>
  );
}
