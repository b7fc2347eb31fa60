-- Nobody can have the role in the version before.
delete from official_roles where role = 'PROCEDURE_CONTROLLER';
alter table official_roles
    drop constraint official_roles_role,
    add constraint official_roles_role check (
        role in ('RECEIVER', 'PROCESSOR', 'APPROVER', 'CASHIER', 'AUDITOR', 'AGENCY_ADMINISTRATOR'));
