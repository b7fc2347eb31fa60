drop index custody_of_official;
alter table custody
    drop column meant_for,
    drop column done_by,
    drop column note,
    drop column kind,
    drop column stage;
