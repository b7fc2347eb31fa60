drop table request_files;
drop index requests_asked_of;
alter table requests
    drop column shows_papers,
    drop column answer,
    drop column answered_by,
    drop column declined;
