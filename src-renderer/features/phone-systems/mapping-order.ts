type Mapped = { number: string; targetId: string | null; calls: number };

/** What no mapping places comes first, with most calls at the top: that is where the figures miss most. The rest goes by number. */
export const mappingOrder = <M extends Mapped>(rows: readonly M[]): M[] =>
  [...rows].sort((a, b) => {
    if ((a.targetId === null) !== (b.targetId === null)) return a.targetId === null ? -1 : 1;
    if (a.targetId === null) return b.calls - a.calls || byNumber(a, b);
    return byNumber(a, b);
  });

const byNumber = (a: Mapped, b: Mapped) => a.number.localeCompare(b.number, "en", { numeric: true });
