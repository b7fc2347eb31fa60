-- An official who can sign in, and her agency.
insert into agencies (code, name_vi, name_en, search_text, valid_from) values ('H44.101', 'Xã 1', 'Commune 1', 'xa 1', '2025-07-01');
insert into users (id, kind, name, email, language, created_at)
values ('eeeeeeee-0000-4000-8000-000000000001', 'OFFICIAL', 'Trần Thị Tiếp', 'official@example.vn', 'vi', now());
insert into credentials (user_id, password_hash, changed_at) select id, '{hash}', now() from users;
insert into official_roles (user_id, agency, role, created_at) select id, 'H44.101', 'RECEIVER', now() from users;
