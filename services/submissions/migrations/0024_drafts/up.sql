-- A draft of the result that its applicant confirms, and an apology after the due date, are requests too.
alter table requests
    drop constraint requests_kind,
    add constraint requests_kind
        check (kind in ('SUPPLEMENT', 'CONSULTATION', 'EXTENSION', 'CORRECTION', 'DRAFT', 'APOLOGY'));
