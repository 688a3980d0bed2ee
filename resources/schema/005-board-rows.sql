-- What a board on a wall may hold: agents by their first names, and the rollups as rows of their own, for it holds no call.
alter table agents add column first_name text;
update agents set first_name = split_part(display_name, ' ', 1);

-- Rows of a shape need a name of one column. A desk that holds calls adds its rollups up by itself and leaves it empty.
alter table calls_by_hour add column id uuid;
alter table calls_by_agent add column id uuid;
alter table calls_by_type add column id uuid;
alter table calls_by_queue add column id uuid;
