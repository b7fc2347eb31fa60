-- The indexes that were put aside.
do $$
declare
    one record;
begin
    for one in select definition from kept_index loop
        execute one.definition;
    end loop;
end $$;
drop table kept_index
