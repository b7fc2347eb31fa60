drop table contact_phones;
