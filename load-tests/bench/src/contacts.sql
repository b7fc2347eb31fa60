-- Whom notifications writes to: the citizens who file, and an official at each agency who receives dossiers; all by e-mail.
insert into agencies select 'H44.' || (100 + n), 'Xã ' || n, 'Commune ' || n from generate_series(0, 8) n;
insert into contacts (id, kind, name, email, language)
select ('cccccccc-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'PERSON', 'Nguyễn Văn An', 'an-' || n || '@example.vn', 'vi'
from generate_series(0, 511) n;
insert into contacts (id, kind, name, email, language)
select ('dddddddd-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'PERSON', 'Trần Thị Bình', 'binh-' || n || '@example.vn', 'vi'
from generate_series(0, 8) n;
insert into official_posts (agency, role, official_id)
select 'H44.' || (100 + n), 'RECEIVER', ('dddddddd-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid from generate_series(0, 8) n;
