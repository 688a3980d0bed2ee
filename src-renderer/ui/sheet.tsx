import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Action } from "./action.tsx";
import { cx } from "./cx.ts";
import styles from "./sheet.module.css";

/**
 * A dialog over the screen; Escape and a press beside it close it. `mustAnswer`: only what stands in it does. `wide` for forms of two
 * columns and tables.
 */
export function Sheet(props: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
  mustAnswer?: boolean;
}) {
  const { title, onClose, children, wide = false, mustAnswer = false } = props;
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen
      isDismissable={!mustAnswer}
      isKeyboardDismissDisabled={mustAnswer}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={cx(styles.modal, wide && styles.wide)}>
        <Dialog className={styles.dialog ?? ""} role={mustAnswer ? "alertdialog" : "dialog"}>
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title ?? ""}>
              {title}
            </Heading>
            {mustAnswer ? null : (
              <Action kind="icon" aria-label="Close" onPress={onClose}>
                <X size={16} aria-hidden />
              </Action>
            )}
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
