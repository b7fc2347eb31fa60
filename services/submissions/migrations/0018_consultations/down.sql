drop table request_files;
drop index requests_asked_of;
alter table requests
    drop constraint requests_kind,
    add constraint requests_kind check (kind in ('SUPPLEMENT', 'CONSULTATION', 'EXTENSION', 'CORRECTION')),
    drop column shows_papers,
    drop column answer,
    drop column answered_by,
    drop column declined;
