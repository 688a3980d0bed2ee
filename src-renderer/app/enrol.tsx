import { groupsOfFour } from "../format/groups-of-four.ts";
import { CodeForm } from "./code-form.tsx";
import { QrCode } from "./qr-code.tsx";
import styles from "./second-factor.module.css";

/** Sets up an authenticator: scan or type, then prove it by its first code. */
export function Enrol(props: { secret: string; uri: string; onDone?: (() => void) | undefined }) {
  return (
    <>
      <div className={styles.setup}>
        <QrCode text={props.uri} label="QR code to scan with an authenticator app" />
        <ol className={styles.steps}>
          <li>Open an authenticator app on your phone and scan this code.</li>
          <li>
            It can’t scan? Type this key instead:
            <code className={styles.secret}>{groupsOfFour(props.secret)}</code>
          </li>
          <li>Write the six digits that the app shows now.</li>
        </ol>
      </div>
      <CodeForm enrolling onDone={props.onDone} />
    </>
  );
}
