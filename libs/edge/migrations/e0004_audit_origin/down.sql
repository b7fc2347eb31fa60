create or replace function audit_digest(behind timestamptz, behind_entry uuid, up_to timestamptz, up_to_entry uuid, previous bytea)
returns table (entries bigint, digest bytea) language sql stable as $$
    select count(*), sha256(previous || coalesce(string_agg(
        sha256(convert_to(jsonb_build_array(id, extract(epoch from at), actor_id, actor_kind, actor_capacity, action, subject_type,
            subject_id, trace_id, detail)::text, 'UTF8')),
        ''::bytea order by written_at, id), ''::bytea))
    from audit_log
    where written_at between behind and up_to
        and (written_at, id) > (behind, behind_entry) and (written_at, id) <= (up_to, up_to_entry)
$$;

alter table audit_log drop column origin;
