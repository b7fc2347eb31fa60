-- What was audited stays as it was: each seal fits the entries that it stands for and the seal before, and their numbers have no
-- gap.
with sealed as (
    select number, written_at, entry, entries, digest,
        lag(number, 1, 0::bigint) over by_number as number_before,
        lag(written_at, 1, 'epoch') over by_number as behind,
        lag(entry, 1, '00000000-0000-0000-0000-000000000000') over by_number as behind_entry,
        lag(digest, 1, ''::bytea) over by_number as previous
    from audit_seals
    window by_number as (order by number)
)
select format('seal %s: it was put on %s entries, %s are there%s', s.number, s.entries, f.entries,
    case when s.number <> s.number_before + 1 then '; the seal before is missing'
        when s.entries = f.entries then ', one of them changed' else '' end)
from sealed s
cross join lateral audit_digest(s.behind, s.behind_entry, s.written_at, s.entry, s.previous) f
where f.digest <> s.digest or f.entries <> s.entries or s.number <> s.number_before + 1
