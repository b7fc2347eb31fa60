drop table differences;
drop table statement_lines;
drop table statements;
