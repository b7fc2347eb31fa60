-- Working calendars: the country's days (owner VN) and what agencies have beside them. A row a change: by whom, when and why; the highest
-- version counts, and none is ever rewritten.
create table calendars (
    owner text not null,
    version bigint not null constraint calendars_version check (version > 0),
    -- As the library civic writes it: CalendarSettings.
    content text not null,
    -- None where the program brought it.
    changed_by uuid,
    changed_at timestamptz not null,
    reason text not null,
    constraint calendars_pkey primary key (owner, version)
);

-- The first edition of the country's days, which the program before had within it.
insert into calendars (owner, version, content, changed_at, reason) values ('VN', 1, $json${"days_off":[
    {"day": "2025-01-01", "reason": "Tết Dương lịch"},
    {"day": "2025-01-27", "reason": "Tết Nguyên đán"},
    {"day": "2025-01-28", "reason": "Tết Nguyên đán"},
    {"day": "2025-01-29", "reason": "Tết Nguyên đán"},
    {"day": "2025-01-30", "reason": "Tết Nguyên đán"},
    {"day": "2025-01-31", "reason": "Tết Nguyên đán"},
    {"day": "2025-04-07", "reason": "Giỗ Tổ Hùng Vương"},
    {"day": "2025-04-30", "reason": "Ngày Chiến thắng"},
    {"day": "2025-05-01", "reason": "Ngày Quốc tế lao động"},
    {"day": "2025-05-02", "reason": "Nghỉ hoán đổi, làm bù ngày 26/4"},
    {"day": "2025-09-01", "reason": "Quốc khánh"},
    {"day": "2025-09-02", "reason": "Quốc khánh"},
    {"day": "2026-01-01", "reason": "Tết Dương lịch"},
    {"day": "2026-01-02", "reason": "Nghỉ hoán đổi, làm bù ngày 10/1"},
    {"day": "2026-02-16", "reason": "Tết Nguyên đán"},
    {"day": "2026-02-17", "reason": "Tết Nguyên đán"},
    {"day": "2026-02-18", "reason": "Tết Nguyên đán"},
    {"day": "2026-02-19", "reason": "Tết Nguyên đán"},
    {"day": "2026-02-20", "reason": "Tết Nguyên đán"},
    {"day": "2026-04-27", "reason": "Nghỉ bù Giỗ Tổ Hùng Vương"},
    {"day": "2026-04-30", "reason": "Ngày Chiến thắng"},
    {"day": "2026-05-01", "reason": "Ngày Quốc tế lao động"},
    {"day": "2026-08-31", "reason": "Nghỉ hoán đổi, làm bù ngày 22/8"},
    {"day": "2026-09-01", "reason": "Quốc khánh"},
    {"day": "2026-09-02", "reason": "Quốc khánh"},
    {"day": "2026-11-24", "reason": "Ngày Văn hóa Việt Nam"},
    {"day": "2027-01-01", "reason": "Tết Dương lịch"},
    {"day": "2027-02-04", "reason": "Tết Nguyên đán (tạm tính)"},
    {"day": "2027-02-05", "reason": "Tết Nguyên đán (tạm tính)"},
    {"day": "2027-02-08", "reason": "Tết Nguyên đán (tạm tính)"},
    {"day": "2027-02-09", "reason": "Tết Nguyên đán (tạm tính)"},
    {"day": "2027-02-10", "reason": "Tết Nguyên đán (tạm tính)"},
    {"day": "2027-04-16", "reason": "Giỗ Tổ Hùng Vương"},
    {"day": "2027-04-30", "reason": "Ngày Chiến thắng"},
    {"day": "2027-05-03", "reason": "Nghỉ bù Ngày Quốc tế lao động"},
    {"day": "2027-09-02", "reason": "Quốc khánh"},
    {"day": "2027-09-03", "reason": "Quốc khánh"},
    {"day": "2027-11-24", "reason": "Ngày Văn hóa Việt Nam"}],
  "days_worked":[
    {"day": "2025-04-26", "reason": "Làm bù cho ngày 02/5"},
    {"day": "2026-01-10", "reason": "Làm bù cho ngày 02/1"},
    {"day": "2026-08-22", "reason": "Làm bù cho ngày 31/8"}]}$json$,
    '2026-01-01T00:00:00+07:00', 'Theo thông báo nghỉ lễ, tết của các năm 2025–2027 (2027 tạm tính)');
