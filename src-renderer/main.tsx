import "@fontsource-variable/inter/wght.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { Dexie } from "dexie";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { must } from "#shared/kit/must.ts";
import { App } from "./app/app.tsx";
import { connect } from "./client/connect.ts";
import { followDoor } from "./state/drafts.ts";
import { startTheme } from "./state/theme.ts";

startTheme();
const desk = connect();
followDoor(desk);
// Answers once kept in the browser's profile lay there in clear text: what an earlier version left goes.
Dexie.delete("careboard").catch(() => undefined);
const root = createRoot(must(document.querySelector("#root"), "the page's root element"));
root.render(
  <StrictMode>
    <App desk={desk} />
  </StrictMode>,
);
