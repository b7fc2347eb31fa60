-- Banks leave out dots and dashes of what a payer writes: orders are found by the bare code too (expand).
create index orders_of_bare_code on orders (translate(code, '.-', ''));
