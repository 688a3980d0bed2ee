import type { ReactElement, ReactNode } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import styles from "./tip.module.css";

/** Says more about one focusable thing, on hover and on focus alike. */
export function Tip({ text, children }: { text: ReactNode; children: ReactElement }) {
  return (
    <TooltipTrigger delay={350} closeDelay={80}>
      {children}
      <Tooltip className={styles.tip ?? ""} offset={6} placement="bottom start">
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}
