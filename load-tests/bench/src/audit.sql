-- Dossiers filed; histories begun; filings audited; keys answered; numbers counted; events; agencies' days with a gap or a double.
select
    (select count(*) from dossiers where status <> 'DRAFT'),
    (select count(*) from dossier_history where from_status = 'DRAFT'),
    (select count(*) from audit_log where action = 'dossier.submitted'),
    (select count(*) from idempotency_keys),
    (select sum(last)::bigint from code_counters),
    (select count(*) from outbox where type = 'vn.motcua.dossier.submitted.v1'),
    (
        select count(*)
        from (
            select agency, to_date(split_part(code, '-', 2), 'YYMMDD') as day, count(*) as codes,
                count(distinct code) as different, min(split_part(code, '-', 3)::integer) as first,
                max(split_part(code, '-', 3)::integer) as last
            from dossiers where code is not null group by 1, 2
        ) issued
        full join code_counters counted using (agency, day)
        where (codes, different, first, issued.last) is distinct from (counted.last::bigint, counted.last::bigint, 1, counted.last)
    )
