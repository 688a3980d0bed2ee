import { shortest } from "../state/check-new-secret.ts";
import { NewSecretForm } from "./new-secret-form.tsx";
import { Plain } from "./plain.tsx";
import { SignOutWay } from "./sign-out-way.tsx";

/** Signed in by a provider, on a computer that keeps no secrets: the data here needs a key of its own. */
export function SetPassphrase() {
  return (
    <Plain
      title="Choose a passphrase for this computer"
      text="It encrypts what this computer holds for you, and opens it again after a lock or without a network. It stays on this computer: nobody can tell you it again."
    >
      <NewSecretForm
        name="passphrase"
        what="Passphrase"
        rules={`At least ${shortest} characters: some words that only you put together.`}
        submit="Encrypt and go on"
        take={({ desk }, passphrase) => desk.setPassphrase({ passphrase })}
      >
        <SignOutWay>Somebody else? Sign out</SignOutWay>
      </NewSecretForm>
    </Plain>
  );
}
