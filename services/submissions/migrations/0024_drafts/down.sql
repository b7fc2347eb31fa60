alter table requests
    drop constraint requests_kind,
    add constraint requests_kind check (kind in ('SUPPLEMENT', 'CONSULTATION', 'EXTENSION', 'CORRECTION'));
