import { I18nProvider } from "react-aria-components/I18nProvider";
import { RawIntlProvider } from "react-intl";
import type { DeskConnection } from "../client/connect.ts";
import { DeskProvider } from "../client/desk-context.tsx";
import { intl } from "../format/intl.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Gate } from "./gate.tsx";

/** All of Careboard in one window, given the desk behind it. */
export function App({ desk }: { desk: DeskConnection }) {
  return (
    <ErrorBoundary>
      <RawIntlProvider value={intl}>
        <I18nProvider locale={intl.locale}>
          <DeskProvider desk={desk}>
            <Gate />
          </DeskProvider>
        </I18nProvider>
      </RawIntlProvider>
    </ErrorBoundary>
  );
}
