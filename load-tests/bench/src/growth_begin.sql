-- Before dossiers are made by the million: their tables lose what only slows that down. Reading costs the same in the end.
set maintenance_work_mem = '1GB';
create temporary table kept_index as
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index i
where i.indrelid = 'dossiers'::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid);
do $$
declare
    one record;
begin
    for one in select conrelid::regclass as name from pg_constraint where confrelid = 'dossiers'::regclass and contype = 'f' loop
        execute format('alter table %s set unlogged', one.name);
    end loop;
    alter table dossiers set unlogged;
    for one in select name from kept_index loop
        execute format('drop index %s', one.name);
    end loop;
    -- References; the triggers of the service itself stay.
    for one in
        select tgname, tgrelid::regclass as relation from pg_trigger
        where tgisinternal and tgrelid in ('dossiers'::regclass, 'dossier_history'::regclass)
    loop
        execute format('alter table %s disable trigger %I', one.relation, one.tgname);
    end loop;
end $$
