-- A code names the agency and the day, in Vietnam, of its filing.
select format('dossier %s of agency %s, filed at %s, has the code %s', id, agency, submitted_at, code)
from dossiers
where code is not null
    and (split_part(code, '-', 1), split_part(code, '-', 2))
        is distinct from (agency, to_char(submitted_at at time zone 'Asia/Ho_Chi_Minh', 'YYMMDD'))
