import { ToggleButton } from "react-aria-components/ToggleButton";
import { cx } from "../ui/cx.ts";
import styles from "./legend.module.css";
import { SeriesMark } from "./series-mark.tsx";

export type LegendItem = {
  id: string;
  label: string;
  swatch: "fill" | "hatch" | "band" | "dashed" | "line" | "bar";
  color: string;
  /** Of a `line` or `bar`: which series it is, for its dashes, mark or pattern. */ series?: number;
};

/** What the colours and patterns mean. With `onToggle` each entry shows and hides its series, by keyboard too. */
export function Legend(props: {
  items: readonly LegendItem[];
  hidden?: ReadonlySet<string>;
  onToggle?: (id: string) => void;
}) {
  const { items, hidden, onToggle } = props;
  const swatch = (item: LegendItem) =>
    item.swatch === "line" || item.swatch === "bar" ? (
      <SeriesMark series={item.series ?? 0} color={item.color} as={item.swatch} />
    ) : (
      <i className={cx(styles.swatch, styles[item.swatch])} style={{ color: item.color }} aria-hidden />
    );
  if (!onToggle) {
    return items.map((item) => (
      <span key={item.id} className={styles.item}>
        {swatch(item)}
        {item.label}
      </span>
    ));
  }
  return items.map((item) => (
    <ToggleButton
      key={item.id}
      className={cx(styles.item, styles.button)}
      isSelected={!hidden?.has(item.id)}
      onChange={() => onToggle(item.id)}
      aria-label={`Show ${item.label}`}
    >
      {swatch(item)}
      {item.label}
    </ToggleButton>
  ));
}
