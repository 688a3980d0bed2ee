import { createContext, useContext, type ReactNode } from "react";
import { must } from "#shared/kit/must.ts";
import type { DeskClient } from "./desk-client.ts";
import type { DeskConnection } from "./connect.ts";

const DeskContext = createContext<DeskConnection | null>(null);

/** Stands once around the whole application: `<DeskProvider desk={connect()}>`, with `connect()` called outside of any component. */
export function DeskProvider({ desk, children }: { desk: DeskConnection; children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

export function useDesk(): DeskConnection {
  return must(useContext(DeskContext), "a DeskProvider around this component");
}

/** The verbs, for what happens once and isn't a live question: signing in, saving, asking for the next page. */
export function useDeskClient(): DeskClient {
  return useDesk().client;
}
