import { callIdOf, clock, type Dialect, type Party, partyWord, reasonWord, stamp } from "./cdr-words.ts";
import type { DemoCall } from "./demo-call.ts";
import type { DemoAgent } from "./demo-plan.ts";

const trunk = "10000";
const mailbox = "Ext.999";

/** One end of a call as the phone system names it: number, internal number, kind, name on the display. */
type End = { no: string; dn: string; type: Party | ""; name: string };
const nobody: End = { no: "", dn: "", type: "", name: "" };

const outside = (call: DemoCall): End => ({
  no: call.outside.number,
  dn: trunk,
  type: "Line",
  name: call.outside.name,
});
const seat = (agent: DemoAgent): End => ({
  no: `Ext.${agent.extension}`,
  dn: agent.extension,
  type: "Extension",
  name: agent.name,
});

/** The line that 3CX writes when this call ends, without its line end. `count` numbers the calls of a phone system. */
export function cdrLine(call: DemoCall, count: number, dialect: Dialect): string {
  const { from, to, final, dialled } = ends(call);
  const reached = call.answered !== null;
  const chain = [from, to, final].filter((end) => end.no !== "" && end.no !== mailbox).map((end) => end.no);
  if (call.ending === "transferred" && call.agent) chain.splice(-1, 0, `Ext.${call.agent.extension}`);
  if (to.no === mailbox) chain.push(`Ext.${to.dn}`);
  const polled = call.polled.map((agent) => `Ext.${agent.extension}`).join(";");
  // Whoever called is the source: the person outside, or for calls out and between colleagues the agent.
  const sourceEnds = call.direction === "inbound" ? call.outsideEnds : !call.outsideEnds;
  const fields = [
    String(count),
    callIdOf(call.start, count, dialect),
    call.answered === null ? "" : clock(call.end - call.answered),
    stamp(call.start, dialect),
    stamp(call.answered, dialect),
    stamp(call.end, dialect),
    reasonWord(call.ending, sourceEnds, dialect),
    from.no,
    to.no,
    from.dn,
    to.dn,
    dialled,
    final.no === "" ? "" : "ReplacedDst",
    final.no,
    final.dn,
    "",
    ...(call.direction === "outbound" && reached ? ["1", "0.08", "default"] : ["", "", ""]),
    reached || call.queue ? `Chain: ${chain.join(";")};` : "",
    partyWord(from.type, dialect),
    partyWord(to.type, dialect),
    partyWord(final.type, dialect),
    from.name,
    to.name,
    final.name,
    polled,
  ];
  return `Call ${fields.slice(0, dialect.fields).join(",")}`;
}

function ends(call: DemoCall): { from: End; to: End; final: End; dialled: string } {
  if (call.direction === "outbound") {
    const from = call.agent ? seat(call.agent) : nobody;
    const dialled = `9${call.outside.number}`;
    if (call.ending === "notFound")
      return { from, to: { ...nobody, type: "EndCall", name: dialled }, final: nobody, dialled };
    const to = outside(call);
    return { from, to: call.ending === "neverLeft" ? { ...to, dn: "", type: "LineSet" } : to, final: nobody, dialled };
  }
  if (call.direction === "internal") {
    const to = call.second ? seat(call.second) : nobody;
    return { from: call.agent ? seat(call.agent) : nobody, to, final: nobody, dialled: to.dn };
  }
  const from = outside(call);
  const asked = call.queue?.number ?? call.agent?.extension ?? "";
  if (call.ending === "voicemail")
    return { from, to: { no: mailbox, dn: asked, type: "VMail", name: "Voicemail" }, final: nobody, dialled: asked };
  const { queue, agent } = call;
  if (!queue) return { from, to: agent ? seat(agent) : nobody, final: nobody, dialled: asked };
  const to: End = { no: `Ext.${queue.number}`, dn: queue.number, type: "Queue", name: queue.name };
  const picked = call.ending === "transferred" ? call.second : agent;
  return { from, to, final: picked ? seat(picked) : nobody, dialled: asked };
}
