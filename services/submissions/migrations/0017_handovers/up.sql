-- What a hand-over was, into which stage, with which words; who did it, and for whom. The default is for the
-- version before, which writes the receipt alone.
alter table custody
    add column stage text,
    add column kind text not null default 'RECEIPT' constraint custody_kind check (kind in (
        'RECEIPT', 'PASSING', 'TAKING', 'GIVING_BACK', 'ASSIGNMENT', 'FORWARDING', 'SENDING_BACK')),
    add column note text,
    -- Who did it; none when it came about by itself.
    add column done_by uuid,
    -- The absent official in whose place the receiver has it.
    add column meant_for uuid;

-- Since when an official has been given nothing.
create index custody_of_official on custody (to_official, handed_over_at) where to_official is not null;
