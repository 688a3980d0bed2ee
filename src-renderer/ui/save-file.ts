/** Hands a file to the person, where the browser or the shell puts downloads. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then, and what it reads from is held by the browser.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
