-- What leaves this replica because the person may no longer hold it, and what of that is still to be wiped off the files.
alter table sync_shapes add column if not exists followed boolean not null default false;
-- The shape is being fetched anew because access changed: what does not come back is purged.
alter table sync_shapes add column if not exists purging boolean not null default false;
-- Rows purged since this replica was made.
alter table sync_shapes add column if not exists removed bigint not null default 0;
-- Rows that are gone or shortened, and whose bytes the files may still hold.
alter table sync_shapes add column if not exists unwiped bigint not null default 0;

-- How many purges were carried through to the files: moves once for each, after the rows it speaks of are in no file any more.
create table if not exists sync_purges (
  only_one boolean primary key default true check (only_one),
  mark bigint not null default 0
);
insert into sync_purges default values on conflict do nothing;
