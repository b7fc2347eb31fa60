alter table leaves drop column first_part, drop column last_part;
