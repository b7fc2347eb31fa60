drop table taken_as_handled;
