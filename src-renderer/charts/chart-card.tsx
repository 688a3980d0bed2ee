import { ChartColumn, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { Card } from "../ui/card.tsx";
import styles from "./chart-card.module.css";
import { FigureTable, type Figures } from "./figure-table.tsx";

/** A card with a chart in it, which turns into the table of its figures and back. */
export function ChartCard(props: {
  title: string;
  note?: ReactNode;
  aside?: ReactNode;
  figures: Figures;
  className?: string | undefined;
  children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const toggle = (
    <ToggleButton
      className={styles.toggle ?? ""}
      isSelected={asTable}
      onChange={setAsTable}
      aria-label={`${props.title} as a table`}
    >
      {asTable ? <ChartColumn size={14} aria-hidden /> : <Table2 size={14} aria-hidden />}
      {asTable ? "Chart" : "Table"}
    </ToggleButton>
  );
  const aside = (
    <>
      {asTable ? null : props.aside}
      {toggle}
    </>
  );
  return (
    <Card title={props.title} note={props.note} aside={aside} className={props.className}>
      {asTable ? <FigureTable figures={props.figures} /> : props.children}
    </Card>
  );
}
