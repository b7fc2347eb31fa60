alter table custody drop column deputies;
