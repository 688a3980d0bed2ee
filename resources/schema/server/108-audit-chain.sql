-- The audit log chains itself: whoever inserts a line, its number, time, predecessor and hash are set here, one writer at a time.
-- src-server/audit/line-hash.ts computes the same hash from the same text; a test holds them together.

-- A piece of a line as it is hashed: its length in bytes before it, so that no two lines read alike. Null is told from empty text.
create function audit_piece(value text) returns text language sql immutable parallel safe as $$
  select coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-') || ','
$$;

create function audit_instant(value timestamptz) returns text language sql stable parallel safe as $$
  select to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- The lock is held until the transaction ends: a line is the last thing that a transaction writes. The line before is read after the lock
-- was had, which needs read committed; a transaction with an older view of the table fails at the number and writes nothing.
create function chain_audit_line() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last record;
begin
  perform pg_advisory_xact_lock(7203, 4);
  select id, hash into last from audit_log order by id desc limit 1;
  new.id := coalesce(last.id, 0) + 1;
  new.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  new.at := clock_timestamp();
  new.occurred_at := coalesce(new.occurred_at, new.at);
  new.hash := sha256(new.previous || convert_to(
    audit_piece(new.id::text) || audit_piece(audit_instant(new.at)) || audit_piece(audit_instant(new.occurred_at))
      || audit_piece(new.organization_id::text) || audit_piece(new.clinic_id::text) || audit_piece(new.user_id::text)
      || audit_piece(new.session_id::text) || audit_piece(new.device_id::text) || audit_piece(new.request_id)
      || audit_piece(new.action) || audit_piece(new.subject) || audit_piece(new.subject_id) || audit_piece(new.detail::text)
      || audit_piece(new.desk_event::text),
    'UTF8'
  ));
  return new;
end
$$;

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log only grows: its lines are neither changed nor removed.' using errcode = 'insufficient_privilege';
end
$$;

create trigger chain_line before insert on audit_log for each row execute function chain_audit_line();
create trigger only_grows before update or delete on audit_log for each statement execute function refuse_audit_change();
create trigger never_emptied before truncate on audit_log for each statement execute function refuse_audit_change();
-- Also where ordinary triggers are silenced.
alter table audit_log enable always trigger chain_line;
alter table audit_log enable always trigger only_grows;
alter table audit_log enable always trigger never_emptied;
