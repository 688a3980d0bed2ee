import "@fontsource-variable/inter/wght.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { must } from "#shared/kit/must.ts";
import { App } from "./app/app.tsx";
import { connect } from "./client/connect.ts";
import { openPainted } from "./state/painted-store.ts";
import { startTheme } from "./state/theme.ts";

startTheme();
const desk = connect();
const root = createRoot(must(document.querySelector("#root"), "the page's root element"));

async function start(): Promise<void> {
  // A few dozen small rows from this machine: milliseconds, and the first painting has figures in it.
  await openPainted();
  root.render(
    <StrictMode>
      <App desk={desk} />
    </StrictMode>,
  );
}

void start();
