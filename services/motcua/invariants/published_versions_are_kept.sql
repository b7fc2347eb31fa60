-- What catalogue published, submissions has, to the letter, as soon as it has receipted it.
-- each of catalogue:
select format('version %s of %s, %s, with content %s', version, procedure, encode(digest, 'hex'), md5(content::text)) from procedure_versions v
where not exists (
    select from outbox o
    where o.type = 'vn.motcua.procedure.published.v1' and o.subject = v.procedure and 'submissions' = any(o.waiting_for)
)
-- is one of submissions:
select format('version %s of %s, %s, with content %s', version, procedure, encode(digest, 'hex'), md5(content::text)) from procedure_versions
