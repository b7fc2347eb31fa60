drop index dead_letter_again;
alter table dead_letter drop column first_failed_at;
alter table dead_letter drop column again_at;
