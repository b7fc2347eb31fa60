drop index dossiers_untouched;
alter table dossiers
    drop column expiry_told_at,
    drop column touched_at;
