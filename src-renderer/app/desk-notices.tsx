import { useEffect, useMemo } from "react";
import type { DeskNotice } from "#shared/contract/desk-contract.ts";
import { useDeskClient } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import { localZone } from "../format/local-zone.ts";
import { moment } from "../format/moments.ts";
import { noticeWords } from "../state/notice-words.ts";
import { isBoard } from "../state/screens.ts";
import { Action } from "../ui/action.tsx";
import { Sheet } from "../ui/sheet.tsx";
import styles from "./desk-notices.module.css";

/** What was done to this desk's data, one after the other, each until it was read. */
export function DeskNotices() {
  const client = useDeskClient();
  const said = useDeskStatus((view) => JSON.stringify(view.status?.notices[0] ?? null));
  const wall = useDeskStatus((view) => isBoard(view.status?.person));
  const notice = useMemo(() => JSON.parse(said) as DeskNotice | null, [said]);
  // What fails here stays, and is read again.
  const acknowledge = (id: string) => void client.desk.acknowledge({ id }).catch(() => undefined);

  // Nobody reads a wall: it must not stand covered until somebody comes by.
  const ofWall = wall ? notice?.id : undefined;
  useEffect(() => {
    if (ofWall !== undefined) client.desk.acknowledge({ id: ofWall }).catch(() => undefined);
  }, [client, ofWall]);

  if (notice === null || wall) return null;
  const { title, lines, removed } = noticeWords(notice);
  return (
    <Sheet key={notice.id} title={title} mustAnswer onClose={() => acknowledge(notice.id)}>
      <div className={styles.notice}>
        {lines.length === 1 ? (
          <p>{lines[0]}</p>
        ) : (
          <ul className={styles.lines}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        <p>{removed}</p>
        <p className={styles.when}>{moment(notice.at, localZone)}</p>
        <div>
          <Action kind="primary" onPress={() => acknowledge(notice.id)}>
            I have read this
          </Action>
        </div>
      </div>
    </Sheet>
  );
}
