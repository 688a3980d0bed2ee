import { Hidden } from "../ui/hidden.tsx";
import table from "../ui/table.module.css";

/** The figures behind a chart, in words: the first column names the row. */
export type Figures = { caption: string; columns: readonly string[]; rows: readonly (readonly string[])[] };

export function FigureTable({ figures }: { figures: Figures }) {
  return (
    // A long table scrolls in itself, so the keyboard must be able to stand on it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={table.tall} tabIndex={0} aria-label={figures.caption}>
      <table className={table.table}>
        <Hidden as="caption">{figures.caption}</Hidden>
        <thead>
          <tr>
            {figures.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={figures.columns[at + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
