// Drawn here and not loaded as an image, so that the page's content security policy stays closed: hence an image by its role.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useMemo } from "react";
import { encode } from "uqr";
import styles from "./second-factor.module.css";

/** The text as a QR code, drawn as one path. Always dark on white, as cameras want it, whatever the theme. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { ecc: "M", border: 3 });
    const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")));
    return { size, path: squares.join("") };
  }, [text]);
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
