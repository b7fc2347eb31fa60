-- Whoever owes something is known by name, and {cashiers} cashiers have an open shift, each at one of eight agencies.
insert into agencies (code, name_vi, name_en) select 'H44.' || (101 + n), 'Xã ' || n, 'Commune ' || n from generate_series(0, 7) n;
insert into payers (kind, id, name)
select 'PERSON', ('cccccccc-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Nguyễn Văn An' from generate_series(0, 511) n;
insert into shifts (id, agency, till, cashier_id, cashier_name, opened_at, opening)
select ('{shift}' || lpad(to_hex(n), 12, '0'))::uuid, 'H44.' || (101 + n % 8), 'Quầy ' || n,
    ('{cashier}' || lpad(to_hex(n), 12, '0'))::uuid, 'Trần Thị Thu', now(), 0
from generate_series(0, {cashiers} - 1) n;
-- So that a number that a receipt was given is told from any other.
insert into receipt_numbers (agency, symbol, year, last)
select 'H44.' || (101 + n), '01BLP0-001', extract(year from now() at time zone 'Asia/Ho_Chi_Minh'), {numbered} from generate_series(0, 7) n;
