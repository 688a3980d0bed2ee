/** Puts a text on the clipboard; false where neither way is allowed. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyAsPressed(text);
  }
}

/** A shell that grants pages no permission still lets a person copy; this is that, with the text in place of a selection. */
function copyAsPressed(text: string): boolean {
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", onCopy, { once: true });
  try {
    // The only way that asks for no permission.
    // oxlint-disable-next-line typescript/no-deprecated
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", onCopy);
  }
}
