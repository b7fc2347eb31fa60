-- What a version is listed by is what it says.
select format('version %s of %s is listed as %s in %s, it says %s in %s', version, procedure, name_vi, field, content -> 'name' ->> 'vi',
    content -> 'field' ->> 'code')
from procedure_versions
where (procedure, field, name_vi, name_en)
        is distinct from (content ->> 'code', content -> 'field' ->> 'code', content -> 'name' ->> 'vi', content -> 'name' ->> 'en')
    or to_jsonb(levels) <> content -> 'levels'
    or to_jsonb(life_events) <> coalesce(content -> 'life_events', '[]')
    or search not like procedure || ' %'
