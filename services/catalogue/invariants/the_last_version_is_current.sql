-- The current version of a procedure is the one published last.
select format('%s is shown as %s', p.code, coalesce(p.current_version::text, 'nothing'))
from procedures p
where p.current_version is distinct from (select max(version) from procedure_versions v where v.procedure = p.code)
