-- Complete drafts of a birth registration, number {first} to {last}, each with its certificate of live birth.
with made as (
    insert into dossiers (id, procedure_version, agency, party_kind, party_id, filer_id, applicant_name, status, answers, version, created_at)
    select ('{prefix}' || lpad(to_hex(n), 12, '0'))::uuid, '01930000-0000-7000-8000-000000000001', {agency}, 'PERSON',
        ('cccccccc-0000-4000-8000-' || lpad(to_hex(n % 512), 12, '0'))::uuid,
        ('cccccccc-0000-4000-8000-' || lpad(to_hex(n % 512), 12, '0'))::uuid, 'Nguyễn Văn An', 'DRAFT', '{answers}', 1, now()
    from generate_series({first}::bigint, {last}) n
    returning id
)
insert into documents (id, dossier, component, file_name, media_type, size, sha256, object_key, uploaded_at)
select id, id, 'GIAY_CHUNG_SINH', 'giay-chung-sinh.pdf', 'application/pdf', 120000, sha256(id::text::bytea), id::text, now() from made
