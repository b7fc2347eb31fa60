drop table lateness_causes;
