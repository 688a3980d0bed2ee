import { useRef, useState } from "react";
import { useLive } from "../client/use-live.ts";
import { Action } from "../ui/action.tsx";
import styles from "./sign-in.module.css";
import { useStep } from "./use-step.ts";

type Provider = { id: string; title: string };

/** Other ways to sign in, as the server is set up; while it can't be reached there are none. */
export function Providers({ onDone }: { onDone?: (() => void) | undefined }) {
  const { data, error } = useLive("providers", ({ desk }, signal) => desk.providers(undefined, { signal }), []);
  const providers = error === null ? (data ?? []) : [];
  const [waiting, setWaiting] = useState<Provider | null>(null);
  const given = useRef<AbortController | null>(null);
  const { take } = useStep();

  if (providers.length === 0) return null;
  const go = async (provider: Provider) => {
    setWaiting(provider);
    const asking = new AbortController();
    given.current = asking;
    const open = await take((desk) =>
      desk.desk.signInWithProvider({ provider: provider.id }, { signal: asking.signal }),
    );
    setWaiting(null);
    if (open) onDone?.();
  };
  if (waiting) {
    return (
      <div className={styles.form}>
        <output>Go on in your browser, with {waiting.title}. This page follows by itself, for five minutes.</output>
        <div>
          <Action onPress={() => given.current?.abort()}>Stop waiting</Action>
        </div>
      </div>
    );
  }
  return (
    <>
      <span className={styles.or}>or</span>
      <div className={styles.providers}>
        {providers.map((provider) => (
          <Action key={provider.id} onPress={() => void go(provider)}>
            Continue with {provider.title}
          </Action>
        ))}
      </div>
    </>
  );
}
