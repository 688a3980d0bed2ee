import { badField } from "./refuse.ts";

/** The last call of a page: where the next page begins. */
export type Place = { startedAt: string; id: string };

const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const writeCursor = ({ startedAt, id }: Place): string => `${startedAt}_${id}`;

/** @throws BAD_REQUEST for a cursor that is none of ours */
export function readCursor(cursor: string): Place {
  const [, startedAt, id] = shape.exec(cursor) ?? [];
  if (startedAt === undefined || id === undefined || Number.isNaN(Date.parse(startedAt)))
    throw badField("cursor", "This is no cursor of a call list: leave it out to begin at the newest call.");
  return { startedAt, id };
}
