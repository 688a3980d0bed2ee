import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Action } from "./action.tsx";
import { copyText } from "./copy-text.ts";

/** Copies a text; says whether that worked, since some browsers refuse it. */
export function CopyAction({ text, what }: { text: string; what: string }) {
  const [came, setCame] = useState<"copied" | "refused" | null>(null);
  const copy = async () => setCame((await copyText(text)) ? "copied" : "refused");
  return (
    <>
      <Action onPress={() => void copy()}>
        {came === "copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {came === "copied" ? "Copied" : `Copy ${what}`}
      </Action>
      {came === "refused" ? <output>Copying was refused here: mark the text and copy it by hand.</output> : null}
    </>
  );
}
