import { Component, type ReactNode } from "react";
import { Action } from "../ui/action.tsx";
import { Notice } from "../ui/notice.tsx";

type State = { problem: Error | null };

/** Catches a bug of ours in what it surrounds, says so, and offers to draw it again. `within` names the part, for the sentence. */
export class ErrorBoundary extends Component<{ children: ReactNode; within?: string }, State> {
  override state: State = { problem: null };

  static getDerivedStateFromError(problem: Error): State {
    return { problem };
  }

  override componentDidCatch(problem: Error): void {
    console.error(problem);
  }

  override render(): ReactNode {
    if (this.state.problem === null) return this.props.children;
    return (
      <Notice
        tone="bad"
        title={`${this.props.within ?? "This window"} could not be drawn`}
        action={
          <>
            <Action onPress={() => this.setState({ problem: null })}>Try again</Action>{" "}
            <Action kind="plain" onPress={() => window.location.reload()}>
              Reload the window
            </Action>
          </>
        }
      >
        That is a fault in Careboard, not in your data. If it comes back, tell your administrator: “
        {this.state.problem.message}”.
      </Notice>
    );
  }
}
