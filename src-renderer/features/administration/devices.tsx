import { useState } from "react";
import type { Clinic } from "#shared/contract/clinics.ts";
import { useLive } from "../../client/use-live.ts";
import { Card } from "../../ui/card.tsx";
import { LiveStates } from "../../ui/live-states.tsx";
import { Notice } from "../../ui/notice.tsx";
import styles from "./administration.module.css";
import { type DeviceAct, DeviceConfirm } from "./device-confirm.tsx";
import { DeviceTable } from "./device-table.tsx";
import { Receipts } from "./receipts.tsx";
import { TermsCard } from "./terms-card.tsx";

/** What people of this clinic work on, what it holds, how it is guarded, and what left it. */
export function Devices({ clinic }: { clinic: Clinic }) {
  const devices = useLive(
    ["devices", clinic.id],
    (client, signal) => client.devices.list({ clinicId: clinic.id }, { signal }),
    [],
    { everyMinute: true },
  );
  const [asked, setAsked] = useState<DeviceAct | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <>
      <Card title="Devices" note={`on which people of ${clinic.name} have signed in; ended ones for 90 days`}>
        {said ? <output className={styles.said}>{said}</output> : null}
        <LiveStates live={devices} what="the devices" rows={6}>
          {(rows) =>
            rows.length === 0 ? (
              <Notice tone="empty" title="Nobody of this clinic has signed in yet">
                Devices appear here with the first sign-in.
              </Notice>
            ) : (
              <DeviceTable rows={rows} timeZone={clinic.timeZone} onAct={setAsked} />
            )
          }
        </LiveStates>
        {asked ? (
          <DeviceConfirm
            act={asked}
            onDone={(sentence) => {
              setSaid(sentence);
              devices.again();
            }}
            onClose={() => setAsked(null)}
          />
        ) : null}
      </Card>
      <div className={styles.cards}>
        <TermsCard key={clinic.id} clinic={clinic} />
        <Receipts clinic={clinic} />
      </div>
    </>
  );
}
