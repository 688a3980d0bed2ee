import { Button, type ButtonProps } from "react-aria-components/Button";
import styles from "./action.module.css";
import { cx } from "./cx.ts";

type ActionProps = Omit<ButtonProps, "className"> & {
  /** `primary` once a screen at most; `danger` takes something away; `plain` inside tables and bars; `icon` is square and needs an aria-label. */
  kind?: "primary" | "danger" | "outline" | "plain" | "icon";
};

/** Every button of the product. */
export function Action({ kind = "outline", ...rest }: ActionProps) {
  return <Button {...rest} className={cx(styles.action, styles[kind])} />;
}
