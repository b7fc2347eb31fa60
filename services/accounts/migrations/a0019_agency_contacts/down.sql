alter table agencies
    drop column contact_version,
    drop column tax_number,
    drop column email,
    drop column phone,
    drop column address;
