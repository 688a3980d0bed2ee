import { createHash } from "node:crypto";
import { ORPCError } from "@orpc/server";
import { memberClinics } from "#shared/access/member.ts";
import type { AuditAction } from "#shared/access/audit-action.ts";
import type { VerbAccess } from "#shared/access/verb-access.ts";
import { clinicAsked } from "../http/clinic-asked.ts";
import type { ServerContext } from "../http/context.ts";
import type { AuditLine } from "./audit-line.ts";
import { clinicOfRecord } from "./clinic-of-record.ts";
import { clinicsShown, countOf, fieldsGiven, plainValues, recordOf } from "./detail-of.ts";
import { Note } from "./note.ts";
import { refusedLine } from "./refused-line.ts";
import { who } from "./who.ts";

/** A verb that was asked for: its name, what the one table says of it, the fields that it knows, and the input as it came. */
export type Asked = { verb: string; access: VerbAccess; fields: readonly string[]; input: unknown };

/** A view is held back without its line. A change is made by then: who asked must not make it twice. */
const unwritten = (action: AuditAction) =>
  new ORPCError("SERVICE_UNAVAILABLE", {
    message:
      action === "view" || action === "export"
        ? "The audit log can't be written at the moment, and without its line nothing is answered. Try again."
        : "This was done, but its line in the audit log can't be written at the moment. Look at what holds now before you try again.",
  });

/**
 * Runs a verb and leaves its line in the audit log, before the answer goes out: one for each clinic whose records it showed. What was
 * refused leaves a line of its own.
 * @throws what `work` throws; SERVICE_UNAVAILABLE when the line can't be written
 */
export async function auditVerb<T extends { output: unknown }>(
  context: ServerContext,
  asked: Asked,
  work: (note: Note) => Promise<T>,
): Promise<T> {
  const action = asked.access.audit;
  const line: AuditLine = { ...who(context), action: action ?? "view", subject: asked.verb };
  const note = new Note({
    ...line,
    subjectId: recordOf(asked.input),
    clinicId: clinicAsked(asked.input),
    detail: givenOf(asked),
  });
  const done = await work(note).catch(async (error: unknown) => {
    const refused = refusedLine(context, asked, error);
    // A refusal shows nothing: it is answered whether or not its line can be written.
    if (refused) await context.audit.once(refused.key, refused.line).catch(() => {});
    throw error;
  });
  if (!action || note.written) return done;
  try {
    const lines = (await linesOf(context, asked, line, done.output)).map((l) => note.over(l));
    await (action === "view" ? context.audit.once(sameView(context, asked), lines) : context.audit.write(lines));
  } catch {
    throw unwritten(action);
  }
  return done;
}

async function linesOf(context: ServerContext, asked: Asked, line: AuditLine, output: unknown): Promise<AuditLine[]> {
  const { input } = asked;
  const list = asked.verb === "calls.list";
  const subjectId = list ? null : recordOf(input, output);
  const count = countOf(output);
  const detail = { ...givenOf(asked), ...(count === null ? {} : { count }) };
  const named = clinicAsked(input);
  const shown = named ? [named] : clinicsShown(output);
  const clinics = shown.length > 0 ? shown : [await clinicOfRecord(context, asked)];
  return clinics.map((clinicId) => ({ ...line, subjectId, clinicId, detail }));
}

/** What a line says of the input: the names of its fields and, of what was set, the values that may be written. */
function givenOf({ access, input, fields }: Asked): Record<string, unknown> {
  const given = fieldsGiven(input, fields);
  return {
    ...(given.length > 0 ? { fields: given } : {}),
    ...(access.audit === "view" || access.audit === "export" ? {} : plainValues(input, fields)),
  };
}

/** The same question of the same session. The input itself is not kept, and not written. */
const sameView = (context: ServerContext, { verb, input }: Asked): string =>
  [
    context.member?.sessionId,
    verb,
    createHash("sha256")
      .update(JSON.stringify(input) ?? "")
      .digest("base64"),
    memberClinics(context.member ?? { roles: [] }).join(),
  ].join(" ");
