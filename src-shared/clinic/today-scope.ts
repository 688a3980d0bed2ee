import type { Kysely } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { CallFilter } from "../contract/calls.ts";
import type { Clinic } from "../contract/clinics.ts";
import { must } from "../kit/must.ts";
import { localMoment, type LocalMoment } from "../kit/zone.ts";
import type { DB } from "../schema/database.ts";
import { type Scope, scopeOf } from "./scope.ts";

export type TodayQuestion = CallFilter & { clinicId: string };

/** The clinic's today at an instant: its moment on the wall, and the scope of that one day. */
export async function todayScope(
  db: Kysely<DB>,
  question: TodayQuestion,
  now: Temporal.Instant,
): Promise<{ clinic: Clinic; moment: LocalMoment; scope: Scope }> {
  const scope = await scopeOf(db, { ...question, startDate: "0001-01-01", endDate: "0001-01-01" });
  const clinic = must(scope.clinics.get(question.clinicId), "the clinic that was asked for");
  const moment = localMoment(now, clinic.timeZone);
  return { clinic, moment, scope: { ...scope, startDate: moment.day, endDate: moment.day } };
}
