import { sql } from "kysely";

/** Whether the role `r` counts at this moment. */
export const validRole = sql<boolean>`(r.active and (r.valid_from is null or r.valid_from <= now()) and (r.valid_until is null or r.valid_until > now()))`;
