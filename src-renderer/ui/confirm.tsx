import type { ReactNode } from "react";
import { useSaving } from "../client/use-saving.ts";
import { Action } from "./action.tsx";
import styles from "./confirm.module.css";
import { Refusal } from "./refusal.tsx";
import { Sheet } from "./sheet.tsx";

/** Says what will happen before it does. `onConfirm` resolves once it has; what refuses it stands above the buttons. */
export function Confirm(props: {
  title: string;
  /** What is done, as the button says it: "Disable the account". */
  act: string;
  danger?: boolean;
  onConfirm: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, act, danger = false, onConfirm, onClose, children } = props;
  const { busy, problem, save } = useSaving();
  const confirm = async () => {
    const done = await save(async () => {
      await onConfirm();
      return "";
    });
    if (done) onClose();
  };
  return (
    <Sheet title={title} mustAnswer onClose={onClose}>
      <div className={styles.confirm}>
        {children}
        <Refusal problem={problem} title="Not done" />
        <div className={styles.buttons}>
          <Action kind={danger ? "danger" : "primary"} isDisabled={busy} onPress={() => void confirm()}>
            {busy ? "Working…" : act}
          </Action>
          <Action onPress={onClose}>Cancel</Action>
        </div>
      </div>
    </Sheet>
  );
}
