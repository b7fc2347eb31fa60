alter table registrations
    drop column mailbox,
    drop column asked_by;
drop index registrations_by_citizen_number;
