create table thing (
    id     bigint primary key,
    parent bigint references thing deferrable initially immediate
);
