alter table officials drop column citizen_number;
