-- Who keeps what procedures say (expand).
alter table official_roles
    drop constraint official_roles_role,
    add constraint official_roles_role check (
        role in ('RECEIVER', 'PROCESSOR', 'APPROVER', 'CASHIER', 'AUDITOR', 'AGENCY_ADMINISTRATOR', 'PROCEDURE_CONTROLLER'));
