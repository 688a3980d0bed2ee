import { Search } from "lucide-react";
import { Autocomplete, useFilter } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { SearchField } from "react-aria-components/SearchField";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useDesk } from "../client/desk-context.tsx";
import { useDeskStatus } from "../client/use-desk-status.ts";
import type { SessionCommand } from "./session-commands.ts";
import styles from "./command-palette.module.css";
import { commands } from "./commands.ts";

/** Every screen and action by name. */
export function CommandPalette(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  clinic: Clinic | undefined;
  clinics: readonly Clinic[];
  session: readonly SessionCommand[];
}) {
  const { open, onOpenChange } = props;
  const desk = useDesk();
  const person = useDeskStatus((view) => view.status?.person);
  const { contains } = useFilter({ sensitivity: "base" });
  const items = commands(desk, { person, ...props });
  return (
    <ModalOverlay className={styles.overlay ?? ""} isDismissable isOpen={open} onOpenChange={onOpenChange}>
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""} aria-label="Find or do anything">
          <Autocomplete filter={contains}>
            <SearchField
              className={styles.search ?? ""}
              aria-label="Find or do anything"
              // The palette opens to be typed into.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
            >
              <Search size={16} aria-hidden />
              <Input className={styles.input ?? ""} placeholder="Find or do anything" />
            </SearchField>
            <Menu
              className={styles.menu ?? ""}
              aria-label="Screens and actions"
              items={items}
              renderEmptyState={() => <p className={styles.empty}>Nothing has that name.</p>}
              onAction={(key) => {
                onOpenChange(false);
                items.find((item) => item.id === key)?.run();
              }}
            >
              {(item) => (
                <MenuItem id={item.id} textValue={`${item.title} ${item.hint}`} className={styles.item ?? ""}>
                  <span>{item.title} </span>
                  <span className={styles.hint}>{item.hint}</span>
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
