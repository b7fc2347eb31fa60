-- The audit log only grows: nobody changes or removes an entry, and whoever does so behind the triggers is found, for entries are
-- sealed in a chain soon after they were written.
alter table audit_log add column written_at timestamptz not null default now();
create index audit_log_by_writing on audit_log using brin (written_at);

create function audit_log_only_grows() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log only grows';
end
$$;
create trigger audit_log_only_grows before update or delete on audit_log
    for each row execute function audit_log_only_grows();
create trigger audit_log_is_never_emptied before truncate on audit_log
    for each statement execute function audit_log_only_grows();

-- A seal stands for the entries between the seal before and the place that it names, in the order of writing, and for that seal.
create table audit_seals (
    number bigint primary key,
    written_at timestamptz not null,
    entry uuid not null,
    entries bigint not null,
    digest bytea not null,
    sealed_at timestamptz not null default now()
);
create trigger audit_seals_only_grow before update or delete on audit_seals
    for each row execute function audit_log_only_grows();
create trigger audit_seals_are_never_emptied before truncate on audit_seals
    for each statement execute function audit_log_only_grows();

create function audit_digest(behind timestamptz, behind_entry uuid, up_to timestamptz, up_to_entry uuid, previous bytea)
returns table (entries bigint, digest bytea) language sql stable as $$
    select count(*), sha256(previous || coalesce(string_agg(
        sha256(convert_to(jsonb_build_array(id, extract(epoch from at), actor_id, actor_kind, actor_capacity, action, subject_type,
            subject_id, trace_id, detail)::text, 'UTF8')),
        ''::bytea order by written_at, id), ''::bytea))
    from audit_log
    where written_at between behind and up_to
        and (written_at, id) > (behind, behind_entry) and (written_at, id) <= (up_to, up_to_entry)
$$;
