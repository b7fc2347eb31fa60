-- How many filed dossiers an agency has in each status, so that nobody counts the dossiers themselves. The number is the sum
-- over the slots: each connection counts in its own, so that officials, payments and batches of filings do not wait for each
-- other's rows. A single slot may stand below zero.
create table workload (
    agency text not null,
    status text not null,
    slot smallint not null,
    dossiers bigint not null,
    constraint workload_pkey primary key (agency, status, slot)
) with (fillfactor = 50);

-- Runs once a statement, whoever changed however many dossiers. Rows are taken in one order, so that two statements cannot
-- wait for each other. Drafts are not counted.
create function count_workload() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        insert into workload as w (agency, status, slot, dossiers)
        select agency, status, pg_backend_pid() % 8, sum(change)
        from (select agency, status, 1 as change from after union all select agency, status, -1 from before) changes
        where status <> 'DRAFT'
        group by agency, status having sum(change) <> 0 order by agency, status
        on conflict (agency, status, slot) do update set dossiers = w.dossiers + excluded.dossiers;
    elsif tg_op = 'INSERT' then
        insert into workload as w (agency, status, slot, dossiers)
        select agency, status, pg_backend_pid() % 8, count(*) from after where status <> 'DRAFT'
        group by agency, status order by agency, status
        on conflict (agency, status, slot) do update set dossiers = w.dossiers + excluded.dossiers;
    else
        insert into workload as w (agency, status, slot, dossiers)
        select agency, status, pg_backend_pid() % 8, -count(*) from before where status <> 'DRAFT'
        group by agency, status order by agency, status
        on conflict (agency, status, slot) do update set dossiers = w.dossiers + excluded.dossiers;
    end if;
    return null;
end $$;

-- Creating them locks out writers until this migration is committed: what is counted below is all there is.
create trigger dossiers_inserted after insert on dossiers
    referencing new table as after for each statement execute function count_workload();
create trigger dossiers_updated after update on dossiers
    referencing old table as before new table as after for each statement execute function count_workload();
create trigger dossiers_deleted after delete on dossiers
    referencing old table as before for each statement execute function count_workload();

insert into workload (agency, status, slot, dossiers)
select agency, status, 0, count(*) from dossiers where status <> 'DRAFT' group by agency, status;
