import type { Kysely } from "kysely";
import type { DB } from "#shared/schema/database.ts";
import type { AuditLine } from "./audit-line.ts";
import { writeAudit } from "./write-audit.ts";

/** What only the handler knows of its line. */
type Part = Pick<AuditLine, "clinicId" | "subjectId" | "detail">;

/**
 * A verb's line while its handler runs. A handler adds what it knows (old and new values, the clinic), or writes the line itself as the
 * last thing in its own transaction: then the change and its line stand or fall together, and none is written after it.
 */
export class Note {
  readonly #line: AuditLine;
  #part: Part = {};
  #written = false;

  constructor(line: AuditLine) {
    this.#line = line;
  }

  get written(): boolean {
    return this.#written;
  }

  add(part: Part): void {
    this.#part = { ...this.#part, ...part, detail: { ...this.#part.detail, ...part.detail } };
  }

  /** @param tx a transaction of the handle `system` in read committed; nothing is written in it afterwards */
  async write(tx: Kysely<DB>, part: Part = {}): Promise<void> {
    this.add(part);
    await writeAudit(tx, this.over(this.#line));
    this.#written = true;
  }

  /** The line with what the handler said of it. */
  over(line: AuditLine): AuditLine {
    const { clinicId, subjectId, detail } = this.#part;
    return {
      ...line,
      ...(clinicId === undefined ? {} : { clinicId }),
      ...(subjectId === undefined ? {} : { subjectId }),
      detail: { ...line.detail, ...detail },
    };
  }
}
