import { keptCodes } from "../state/sign-in-flow.ts";
import { Action } from "../ui/action.tsx";
import { CopyAction } from "../ui/copy-action.tsx";
import { Plain } from "./plain.tsx";
import styles from "./second-factor.module.css";
import plain from "./sign-in.module.css";

/** Shown once: the way in when the phone is gone. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <Plain
      wide
      title="Keep these recovery codes"
      text="Each lets you in once when your authenticator is not at hand. They are shown now and never again: keep them where only you find them."
    >
      <ul className={styles.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={`${plain.buttons} ${styles.noPrint}`}>
        <Action kind="primary" onPress={keptCodes}>
          I have kept them
        </Action>
        <CopyAction text={codes.join("\n")} what="the codes" />
        <Action onPress={() => window.print()}>Print</Action>
      </div>
    </Plain>
  );
}
