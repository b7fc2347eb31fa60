-- The versions of a procedure are numbered from 1 without a gap.
select format('%s has %s versions, the last of which is %s', procedure, count(*), max(version))
from procedure_versions group by procedure having count(*) <> max(version)
