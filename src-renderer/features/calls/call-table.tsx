// Of thousands of rows only those in sight exist, which a table element can't lay out: hence a grid by its roles.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/control-has-associated-label */
import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Call } from "#shared/contract/calls.ts";
import type { ServiceLevelRule } from "#shared/contract/clinics.ts";
import { useKeptScroll } from "../../state/kept-scroll.ts";
import { useSeesCallers } from "../../state/use-sees-callers.ts";
import { cx } from "../../ui/cx.ts";
import { callColumns, callFeatures, rightAligned, tracks } from "./call-columns.tsx";
import styles from "./call-table.module.css";
import { rowFor } from "./row-for.ts";

const rowHeight = 36;
const headHeight = 34;
const rowId = (id: string) => `call-${id}`;

/**
 * The list as a grid of which only what is in sight exists. One stop of the Tab key: arrows move the marked row, Enter opens it, Escape
 * closes. The marked row is kept by its call, so calls that arrive above move neither it nor what one is reading.
 */
export function CallTable(props: {
  records: readonly Call[];
  /** There are no older calls to fetch. */
  whole: boolean;
  timeZone: string;
  rule: ServiceLevelRule;
  opened: string | null;
  compact: boolean;
  onOpen: (id: string | null) => void;
  onEnd: () => void;
  /** What the list is of: how far it was scrolled is kept by that. */
  name: string;
}) {
  const { records, whole, timeZone, rule, opened, compact, onOpen, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  useKeptScroll(scroller, props.name);
  const [marked, setMarked] = useState<string | null>(opened);
  const callers = useSeesCallers();
  const columns = useMemo(() => callColumns(timeZone, rule, compact, callers), [timeZone, rule, compact, callers]);
  const data = useMemo(() => [...records], [records]);
  const table = useTable({ features: callFeatures, columns, data, getRowId: (call) => call.id });
  const rows = table.getRowModel().rows;
  // Its functions are called in this component only, so nothing memoized can go stale by them.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
    paddingStart: 0,
    scrollMargin: headHeight,
    getItemKey: (at) => rows[at]?.id ?? at,
  });
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (!whole && lastSeen >= rows.length - 30) onEnd();
  }, [whole, lastSeen, rows.length, onEnd]);

  const before = useRef(records);
  useLayoutEffect(() => {
    const first = before.current[0]?.id;
    before.current = records;
    const added = records.findIndex((call) => call.id === first);
    const element = scroller.current;
    // At the very top one watches calls arrive; further down one reads, and what one reads must not move.
    if (element && added > 0 && element.scrollTop > 0) element.scrollTop += added * rowHeight;
  }, [records]);

  const at = records.findIndex((call) => call.id === marked);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && opened !== null) return onOpen(null);
    if ((event.key === "Enter" || event.key === " ") && at >= 0) {
      event.preventDefault();
      return onOpen(marked);
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 360) / rowHeight) - 2);
    const next = rowFor(event.key, at, rows.length, page);
    const call = next === null ? undefined : records[next];
    if (next === null || call === undefined) return undefined;
    event.preventDefault();
    setMarked(call.id);
    virtual.scrollToIndex(next);
    // With a call opened beside it, the list leafs through the calls.
    if (opened !== null) onOpen(call.id);
    return undefined;
  };

  const shown = columns.map((one) => String("accessorKey" in one ? one.accessorKey : one.id));
  const grid = { gridTemplateColumns: shown.map((id) => tracks[id] ?? "1fr").join(" ") };
  const isInSight = items.some((item) => rows[item.index]?.id === marked);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label="Calls, newest first"
      aria-rowcount={whole ? rows.length + 1 : -1}
      aria-activedescendant={marked !== null && isInSight ? rowId(marked) : undefined}
      // The grid is the one stop of the Tab key; its rows are reached by arrows.
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.head}>
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} role="row" aria-rowindex={1} className={styles.row} style={grid}>
            {group.headers.map((header) => (
              <span
                key={header.id}
                role="columnheader"
                className={rightAligned.has(header.id) ? styles.right : undefined}
              >
                <table.FlexRender header={header} />
              </span>
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            // Keys belong to the grid around it; a press marks and opens.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={row.id}
              id={rowId(row.id)}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={row.id === marked}
              className={cx(
                styles.row,
                styles.body,
                row.id === marked && styles.marked,
                row.id === opened && styles.opened,
              )}
              style={{ ...grid, transform: `translateY(${item.start - headHeight}px)` }}
              onClick={() => {
                setMarked(row.id);
                onOpen(row.id);
              }}
            >
              {row.getAllCells().map((cell) => (
                <span
                  key={cell.id}
                  role="gridcell"
                  className={rightAligned.has(cell.column.id) ? styles.right : undefined}
                >
                  <table.FlexRender cell={cell} />
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
