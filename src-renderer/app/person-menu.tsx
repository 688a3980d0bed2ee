import { ChevronDown, CircleUser } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { Person } from "#shared/contract/session.ts";
import { cx } from "../ui/cx.ts";
import picker from "../ui/picker.module.css";
import type { SessionCommand } from "./session-commands.ts";
import styles from "./top-bar.module.css";

/** Who sits here, and what they do with their session. */
export function PersonMenu({ person, items }: { person: Person; items: readonly SessionCommand[] }) {
  return (
    <MenuTrigger>
      <Button className={styles.person ?? ""} aria-label={`${person.displayName}: lock, password, sign out`}>
        <CircleUser size={16} aria-hidden />
        <span className={styles.personName}>{person.displayName}</span>
        <ChevronDown size={13} aria-hidden />
      </Button>
      <Popover className={picker.popover ?? ""} offset={4} placement="bottom end">
        <Menu
          className={picker.list ?? ""}
          aria-label="Your session"
          items={items}
          onAction={(key) => items.find(({ id }) => id === key)?.run()}
        >
          {(item) => (
            <MenuItem id={item.id} textValue={item.title} className={cx(picker.item, styles.personItem)}>
              <span>{item.title}</span>
              {item.keys ? <kbd className={styles.key}>{item.keys}</kbd> : null}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
