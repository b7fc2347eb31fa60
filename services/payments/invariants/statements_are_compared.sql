-- A statement that was loaded is compared, or will be; and then each of its lines was. It has the lines that it says.
select format('statement %s (%s of %s): %s, %s new lines of which %s are here and %s not compared, and nobody compares', s.id, s.source,
    s.account, s.state, s.new_lines, l.here, l.left)
from statements s
cross join lateral (
    select count(*) as here, count(*) filter (where outcome = 'NEW') as left from statement_lines where statement_id = s.id) l
where l.here <> s.new_lines
    or (s.state = 'COMPARED' and l.left > 0)
    or (s.state = 'COMPARING' and not exists (
        select from jobs j where j.kind = 'compare_statement' and j.payload::json ->> 'statement_id' = s.id::text))
