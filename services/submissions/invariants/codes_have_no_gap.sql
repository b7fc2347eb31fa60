-- The codes of an agency and day run from 1 to the counter's number, each once.
with coded as (
    select agency, (submitted_at at time zone 'Asia/Ho_Chi_Minh')::date as day,
        case when code ~ '^[^-]+-[0-9]{6}-[0-9]{4,9}$' then split_part(code, '-', 3)::integer end as ordinal
    from dossiers
    where code is not null
),
issued as (
    select agency, day, count(*) as codes, count(distinct ordinal) as ordinals, min(ordinal) as first, max(ordinal) as last
    from coded
    group by agency, day
)
select format('agency %s, day %s: counted to %s; %s codes, %s of them different, from %s to %s',
    agency, day, c.last, coalesce(i.codes, 0), coalesce(i.ordinals, 0), i.first, i.last)
from issued i
full join code_counters c using (agency, day)
where (i.codes, i.ordinals, i.first, i.last) is distinct from (c.last::bigint, c.last::bigint, 1, c.last)
