alter table outbox drop column addressed_to;
