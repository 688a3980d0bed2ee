import { localZone } from "../format/local-zone.ts";
import { endedWords } from "../state/ended-words.ts";
import { useSignInFlow } from "../state/sign-in-flow.ts";
import { useDoor } from "../state/use-door.ts";
import { Notice } from "../ui/notice.tsx";
import { Plain } from "./plain.tsx";
import { Steps, stepTitles } from "./steps.tsx";

/** Signing in, and above it why the last person was signed out. */
export function SignIn() {
  const door = useDoor("closed");
  const pending = useSignInFlow((flow) => flow.pending);
  const ended = door?.ended ? endedWords(door.ended, localZone) : null;
  const { title, text } = pending
    ? stepTitles[pending.step]
    : {
        title: "Sign in",
        text: "With the account of your clinic. Afterwards the desk also works without a network.",
      };
  return (
    <Plain title={title} text={text} wide={pending?.step === "enrolSecondFactor"}>
      {ended && pending === null ? (
        <Notice tone="warn" title={ended.title}>
          {ended.text}
        </Notice>
      ) : null}
      <Steps />
    </Plain>
  );
}
