-- Who is handed a dossier is who hands it on. It begins when the dossier is received.
select format('dossier %s, hand-over %s: from %s (%s) after %s (%s)', dossier, seq, from_agency, from_official, before_agency,
    before_official)
from (
    select c.*, row_number() over own as place, lag(to_agency) over own as before_agency, lag(to_official) over own as before_official,
        lag(handed_over_at) over own as before_at
    from custody c
    window own as (partition by dossier order by seq)
) handover
where seq <> place
    or (from_agency, from_official) is distinct from (before_agency, before_official)
    or handed_over_at < before_at
union all
select format('dossier %s (%s): received at %s, in custody from %s on', d.id, d.code, d.received_at, c.handed_over_at)
from dossiers d
left join custody c on c.dossier = d.id and c.seq = 1
where d.received_at is distinct from c.handed_over_at
