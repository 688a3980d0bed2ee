import { Sheet } from "../ui/sheet.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** Signs the same person in again without leaving the screen. */
export function SignInAgain({ email, onClose }: { email: string; onClose: () => void }) {
  return (
    <Sheet title="Sign in again" onClose={onClose}>
      <SignInForm email={email} onDone={onClose} />
    </Sheet>
  );
}
